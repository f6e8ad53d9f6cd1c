-- A number that the phone company has given to somebody else leaves the account of whoever had it before.
-- What an older service wrote into updated_at need not be a login, so that counts from now.
alter table users add column last_login_at timestamptz not null default now();
alter table users add column released_at timestamptz;
alter table users add column former_phone_number varchar(20);

-- As ix_users_phone_number_odd, which the version before needs, with the short numbers of small countries.
create index ix_users_phone_number_unusable on users (phone_number) where phone_number !~ '^\+[1-9][0-9]{6,14}$';
