-- Products and customers as inventory and the customers service report them: what an order is priced and judged by.

create table sales.product (
  product_id uuid primary key,
  sku text not null,
  name text not null,
  price numeric(19, 4) not null check (price >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  active boolean not null
);

-- Not unique: a sku may pass from one product to another, and their events are in order only each for itself.
create index product_sku on sales.product (sku);

create table sales.customer (
  customer_id uuid primary key,
  active boolean not null
);

-- One row per order, updated some four times soon after its insertion. No column that changes while an order goes from PENDING to PAID stands
-- in an index, so that these updates are heap-only. The fill factor leaves room on the page for a second version of each row of a batch, since
-- dead versions are cleared away only between transactions. The step to CONFIRMED touches the indexes once.
create table sales.order (
  id uuid primary key,
  customer_id uuid not null,
  status text not null check (status in ('DRAFT', 'PENDING', 'PENDING_PAYMENT', 'PAID', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED',
    'CANCELLED', 'FAILED')),
  reason text check (reason in ('out_of_stock', 'unknown_product', 'payment_failed', 'reservation_expired', 'customer_request',
    'operator_request', 'returned', 'deadline_exceeded')),
  total numeric(19, 4) not null check (total >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  payment_method text check (payment_method in ('credit_card', 'debit_card', 'pix', 'boleto')),
  payment_token text,
  shipping_address text,
  reservation_id uuid,
  reservation_status text check (reservation_status in ('RESERVED', 'RELEASED', 'EXPIRED', 'CONFIRMED')),
  reservation_expires_at timestamptz,
  payment_id uuid,
  payment_status text check (payment_status in ('FAILED', 'SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Since when an answer is awaited; the same through PENDING, PENDING_PAYMENT and PAID, absent in all other states.
  under_way_since timestamptz,
  -- The status once the order is no longer under way: what a list of one status looks up.
  settled text generated always as (case when status in ('PENDING', 'PENDING_PAYMENT', 'PAID') then null else status end) stored,
  version integer not null check (version >= 1),
  correlation_id text not null,
  -- Identity of the request that placed the order, where it had an Idempotency-Key: read by the check that none made two orders.
  request_key uuid,
  check ((reason is not null) = (status in ('CANCELLED', 'FAILED'))),
  check ((status = 'FAILED') = (reason is not distinct from 'deadline_exceeded')),
  check ((under_way_since is not null) = (status in ('PENDING', 'PENDING_PAYMENT', 'PAID'))),
  check ((reservation_id is null) = (reservation_status is null)),
  check ((payment_id is null) = (payment_status is null)),
  check (status not in ('CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED')
    or (reservation_status is not distinct from 'CONFIRMED'
      and coalesce(payment_status, '') in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')))
) with (fillfactor = 45);

-- A customer's own orders, newest first.
create index order_customer on sales.order (customer_id, id);
-- The few orders under way: the sweep for late ones, and lists of these states.
create index order_under_way on sales.order (under_way_since) where under_way_since is not null;
-- Lists of one of the other states, newest first.
create index order_settled on sales.order (settled, id) where settled is not null;

create table sales.order_line (
  order_id uuid not null references sales.order,
  -- 1, 2, … in the order in which the buyer named the products.
  line smallint not null check (line >= 1),
  product_id uuid not null,
  sku text not null,
  name text not null,
  quantity integer not null check (quantity between 1 and 1000000),
  -- In the order's currency.
  unit_price numeric(19, 4) not null check (unit_price >= 0),
  primary key (order_id, line)
);
