-- A number and a readable name of a user, for OAuth clients that can't do with the id. Each is given when it is first needed, so the
-- version before need not know them. A number fits the integers of JavaScript.
create sequence users_numeric_id maxvalue 9007199254740991;
alter table users add column numeric_id bigint;
alter sequence users_numeric_id owned by users.numeric_id;
alter table users add column handle varchar(64);
