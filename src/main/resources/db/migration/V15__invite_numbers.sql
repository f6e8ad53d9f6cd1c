-- The numbers that may register where REGISTRATION is "invited". Operators insert them.
create table invited_numbers (
    phone_number varchar(20) constraint invited_numbers_pkey primary key
        constraint invited_numbers_phone_number_check check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
    created_at timestamptz not null default now()
);
