-- The timeline of an order reads its entries. As with ledger_of_product, 64 pages together have one index entry: it knows, roughly, which orders
-- they are of. An order's entries are on a few pages, written within hours or days.
create index ledger_of_order on inventory.ledger using brin (order_id uuid_bloom_ops)
  with (pages_per_range = 64, autosummarize = on);
