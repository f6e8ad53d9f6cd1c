-- The known device of a login, to revoke it with the session; null if there is none. It has no foreign key: that would lock the
-- table of devices too, and a device that is gone does no harm here.
alter table tokens add column device_id uuid;
