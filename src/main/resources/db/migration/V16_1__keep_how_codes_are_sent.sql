-- Of the last message with the code: whether it is uncertain that it was sent, and how it was sent, if not as a text message.
alter table challenges add column is_unconfirmed boolean not null default false;
alter table challenges add column channel varchar(20);
