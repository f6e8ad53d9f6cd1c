-- A pooler in between may have lent this connection to requests, whose limit is not for migrations.
set local statement_timeout = 0;
-- What a killed start has left behind would go on with what is thrown away, and keep the next start waiting.
set local client_connection_check_interval = '2s';
