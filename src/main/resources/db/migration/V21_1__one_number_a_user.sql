-- Of a column that is empty still, as ix_users_verified_email.
create unique index ix_users_numeric_id on users (numeric_id) where numeric_id is not null;
