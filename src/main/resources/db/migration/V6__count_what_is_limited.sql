-- One row for each limit and whom it counts for (GCRA): what was let through is paid for at this time, its "theoretical arrival time".
create table limits (
    name varchar(100) constraint limits_pkey primary key,
    paid_at timestamptz not null
);

create index ix_limits_paid_at on limits (paid_at);
