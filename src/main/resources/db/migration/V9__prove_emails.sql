-- An address that is proven to be the person's, by whoever runs Kriya: it decides which account of Plane is theirs. Plane knows people
-- by their address in lower case. There is none yet, so nothing has to be checked now.
alter table users add column verified_email varchar(254);
alter table users add constraint users_verified_email_check
    check (verified_email ~ '^[^@\s]+@[^@\s]+\.[^@\s.]+$' and verified_email = lower(verified_email)) not valid;

-- As before, and of the new column too.
create or replace function kriya_tell_users() returns trigger language plpgsql as $$
declare
    ids uuid[];
begin
    if tg_op = 'TRUNCATE' then
        perform pg_notify('kriya_changes', '*');
        return null;
    end if;
    if tg_op = 'DELETE' then
        select array_agg(id) into ids from (select id from old_rows limit 1001) few;
    else
        select array_agg(id) into ids from (
            select id, phone_number, first_name, last_name, email, verified_email, created_at from old_rows
            except
            select id, phone_number, first_name, last_name, email, verified_email, created_at from new_rows
            limit 1001) few;
    end if;
    if cardinality(ids) > 1000 then
        perform pg_notify('kriya_changes', '*');
    else
        perform pg_notify('kriya_changes', 'u' || id) from unnest(ids) id;
    end if;
    return null;
end
$$;
