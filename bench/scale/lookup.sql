\set n random(1, :size)
select (select left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || extract(epoch from pg_postmaster_start_time())), t.token_hash, t.is_active, t.expires_at, u.id, u.phone_number, u.first_name, u.last_name, u.email, u.created_at, u.verified_email from (select) one left join (TABLE t join users u on u.id = t.user_id) on t.token_hash CONDITION;
