-- Whether the code was sent: the number may have got a message just before. Until then no code is right.
alter table challenges add column is_sent boolean not null default true;
