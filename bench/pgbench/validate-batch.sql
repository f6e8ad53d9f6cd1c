\set n random(1, :size)
select t.token_hash, t.is_active, t.expires_at, u.id, u.phone_number, u.first_name, u.last_name, u.email, u.created_at from tokens t join users u on u.id = t.user_id where t.token_hash = any (array(select sha256(convert_to('kriya_00000000-0000-4000-8000-' || lpad(((:n + i * 611953) % :size + 1)::text, 12, '0'), 'UTF8')) from generate_series(1, 64) i));
