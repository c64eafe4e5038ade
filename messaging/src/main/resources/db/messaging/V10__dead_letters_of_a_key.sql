-- All dead letters of a key, open or not: what the timeline of an order reads.
create index dead_letter_of_key on dead_letter (key, id);
