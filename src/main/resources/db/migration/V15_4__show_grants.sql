-- As of tokens. A grant lives for minutes, so its last use is not kept.
alter table grants add column device varchar(100);
alter table grants add column address varchar(50);
