create unique index ix_users_handle on users (handle) where handle is not null;
