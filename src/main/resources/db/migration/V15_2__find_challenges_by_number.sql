-- Of ended ones too, to erase them; the table holds the challenges of about an hour.
create index ix_challenges_phone_number_all on challenges (phone_number);
