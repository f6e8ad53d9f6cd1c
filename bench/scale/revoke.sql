update tokens set is_active = false where token_hash = (select sha256(int8send(nextval('revoked'))));
