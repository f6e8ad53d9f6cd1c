-- What the SMS provider said of a message: its error code, and whether the message arrived, if it reports that.
alter table messages add column error_code integer;
alter table messages add column delivery varchar(20);
alter table messages add column delivery_at timestamptz;
