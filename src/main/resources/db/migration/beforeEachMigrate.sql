-- A pooler in between may have lent this connection to requests, whose limit is not for migrations.
set local statement_timeout = 0;
