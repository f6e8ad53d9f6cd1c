\set n random(1, :keys)
insert into TABLE as l (name, paid_at) values ('number +1' || :n, now() + interval '72 minutes') on conflict (name) do update set paid_at = greatest(l.paid_at, now()) + interval '72 minutes' where l.paid_at <= now() + interval '3650 days' returning paid_at;
