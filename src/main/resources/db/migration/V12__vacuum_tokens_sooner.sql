-- By default a fifth of all tokens may be dead before they are vacuumed. A clean-up begins with the oldest, and would pass them all.
alter table tokens set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
