\set n random(1, 1000000000)
\set of_country COUNTRY
\set of_total TOTAL
begin;
insert into challenges (id, secret_hash, key_id, phone_number, first_name, attempts, sends, created_at, expires_at, resend_at) values (gen_random_uuid(), sha256(uuid_send(gen_random_uuid())), 1, '+1' || :n, 'Ada', 0, 1, now(), now() + interval '10 minutes', now() + interval '30 seconds');
insert into cooldowns as c (key, sent_at, expires_at) values ('cooldown +1' || :n, array[now()], now() + interval '10 minutes') on conflict (key) do update set sent_at = now() || c.sent_at[1:4], expires_at = excluded.expires_at;
insert into limits as l (name, paid_at) values ('first +1' || :n, now() + interval '1 day') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '1 day' where l.paid_at <= now() returning paid_at;
insert into limits as l (name, paid_at) values ('number_address +1' || :n, now() + interval '144 minutes') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '144 minutes' returning paid_at;
insert into limits as l (name, paid_at) values ('address ' || :n, now() + interval '90 seconds') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '90 seconds' returning paid_at;
insert into limits as l (name, paid_at) values ('address_day ' || :n, now() + interval '24 minutes') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '24 minutes' returning paid_at;
insert into limits as l (name, paid_at) values ('country ' || :of_country, now() + interval '1 millisecond') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '1 millisecond' returning paid_at;
insert into limits as l (name, paid_at) values ('total ' || :of_total, now() + interval '1 millisecond') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '1 millisecond' returning paid_at;
insert into messages (id, challenge_id, country, result, created_at) values (gen_random_uuid(), gen_random_uuid(), 'US', 'pending', now());
commit;
