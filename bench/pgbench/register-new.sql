\set phone random(5000000000, 9999999999)
begin;
insert into users (id, phone_number, first_name, last_name, email, created_at, updated_at, last_login_at) values (gen_random_uuid(), '+1' || :phone::text, 'Ada', nullif('Lovelace', ''), nullif(null, ''), now(), now(), now()) on conflict (phone_number) do update set first_name = excluded.first_name, last_name = case when cast('Lovelace' as text) is null then users.last_name else excluded.last_name end, email = case when cast(null as text) is null then users.email else excluded.email end, updated_at = excluded.updated_at, last_login_at = excluded.last_login_at returning id, phone_number, first_name, last_name, email, created_at, updated_at, last_login_at \gset
insert into tokens (created_at, expires_at, is_active, token_hash, user_id, id) values (now(), now() + interval '24 hours', true, sha256(uuid_send(gen_random_uuid())), :id, gen_random_uuid());
commit;
