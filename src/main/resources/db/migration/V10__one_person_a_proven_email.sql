-- Of a column that is empty still, so that it is made in the time that it takes to look.
create unique index ix_users_verified_email on users (verified_email) where verified_email is not null;
