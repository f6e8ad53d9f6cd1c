-- "delete from users" erases all that is kept of a user. The foreign key of tokens has no cascade, and to replace it would lock two
-- tables; so triggers of this table alone do what a cascade would.

create function kriya_delete_tokens() returns trigger language plpgsql as $$
begin
    delete from tokens where user_id = old.id;
    return old;
end
$$;

create trigger users_delete_tokens before delete on users
    for each row execute function kriya_delete_tokens();

-- What is kept by number. The condition of the last statement is that of ix_users_phone_number_unusable, which all released accounts
-- are in.
create function kriya_erase_numbers() returns trigger language plpgsql as $$
begin
    delete from challenges using old_rows
        where challenges.phone_number = old_rows.phone_number;
    delete from limits using old_rows
        where limits.name in ('number ' || old_rows.phone_number, 'wrong_codes ' || old_rows.phone_number);
    delete from invited_numbers using old_rows
        where invited_numbers.phone_number = old_rows.phone_number;
    update users set former_phone_number = null from old_rows
        where users.former_phone_number = old_rows.phone_number and users.phone_number !~ '^\+[1-9][0-9]{6,14}$';
    return null;
end
$$;

create trigger users_erase_numbers after delete on users referencing old table as old_rows
    for each statement execute function kriya_erase_numbers();
