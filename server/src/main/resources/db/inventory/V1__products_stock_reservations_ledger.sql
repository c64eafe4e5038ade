-- The catalogue: what a product is. How much there is of it stands in stock, so that the rows that change with every order stay narrow.
create table inventory.product (
  id uuid primary key,
  sku text not null constraint product_sku_key unique,
  name text not null,
  description text not null,
  category text not null,
  price numeric(19, 4) not null check (price >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  min_stock integer not null check (min_stock >= 0),
  active boolean not null,
  version bigint not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Physical and reserved stock. No index but the key, and half of each page free, so that an update stays on its page and touches no index.
create table inventory.stock (
  product_id uuid primary key references inventory.product,
  physical integer not null check (physical >= 0),
  reserved integer not null check (reserved >= 0),
  constraint stock_not_oversold check (reserved <= physical)
) with (fillfactor = 50);

-- Stock held for an order, one at most per order. A row without lines is a tombstone: its order was dead before it was known.
-- settled: the order got its last answer; a payment heard of later changes nothing.
create table inventory.reservation (
  id uuid primary key,
  order_id uuid not null constraint reservation_order_key unique,
  status text not null check (status in ('RESERVED', 'CONFIRMED', 'RELEASED', 'EXPIRED')),
  product_ids uuid[] not null,
  quantities integer[] not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  renewals smallint not null check (renewals between 0 and 1),
  settled boolean not null,
  returned_at timestamptz,
  constraint reservation_lines check (cardinality(product_ids) = cardinality(quantities)),
  constraint reservation_tombstone check (cardinality(product_ids) > 0 or status = 'RELEASED'),
  constraint reservation_quantities check (0 < all (quantities)),
  constraint reservation_ended check ((ended_at is null) = (status = 'RESERVED')),
  constraint reservation_confirmed_in_time check (status <> 'CONFIRMED' or ended_at < expires_at or renewals > 0),
  constraint reservation_returned check (returned_at is null or status = 'CONFIRMED')
);

-- What the sweeper reads.
create index reservation_open on inventory.reservation (expires_at) where status = 'RESERVED';

-- Every change of stock; the counters are its sums. Appended to by every order, so it has no foreign keys: each would lock the product's row
-- once more per line. That the sums agree with stock is an integrity check.
create table inventory.ledger (
  id bigint generated always as identity primary key,
  product_id uuid not null,
  kind text not null
    check (kind in ('received', 'adjusted', 'reserved', 'released', 'expired', 'confirmed', 'returned')),
  physical_change integer not null,
  reserved_change integer not null,
  order_id uuid,
  reason text,
  at timestamptz not null,
  check (physical_change <> 0 or reserved_change <> 0)
);
