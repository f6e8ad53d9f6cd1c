\set n random(1, :users)
insert into TABLE (id, user_id, token_hash, is_active, expires_at, created_at, device, address) values (gen_random_uuid(), md5('user' || :n)::uuid, sha256(uuid_send(gen_random_uuid())), true, now() + interval '1 day', now(), 'Chrome on Windows', '203.0.113.0/24');
