-- The ledger can be read by product. Each order adds four rows to it, so they get no index entries of their own: for 64 pages together the index
-- knows the range of ids and, roughly, the products. Rows are written in the order of their ids and never change.
create index ledger_of_product on inventory.ledger using brin (id, product_id uuid_bloom_ops)
  with (pages_per_range = 64, autosummarize = on);

-- Who received or counted stock; absent where an event changed it, and in older rows.
alter table inventory.ledger add column actor text;

-- A reservation is extended at most once.
alter table inventory.reservation add column extended boolean not null default false;
