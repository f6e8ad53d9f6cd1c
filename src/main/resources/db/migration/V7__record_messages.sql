-- Each text message that was to be sent: what it cost, by country, and what became of it. Neither its text nor its number is kept.
create table messages (
    id uuid constraint messages_pkey primary key,
    challenge_id uuid not null,
    country varchar(2) not null,
    sender varchar(20),
    result varchar(30) not null,
    created_at timestamptz not null
);

create index ix_messages_created_at on messages (created_at);
