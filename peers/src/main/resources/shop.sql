-- The tables of both peers. What a library needs beyond them, it makes itself.
create table if not exists product (
  id    bigint         primary key,
  price numeric(19, 4) not null,
  stock integer        not null check (stock >= 0)
) with (fillfactor = 50);

create table if not exists orders (
  id         uuid primary key,
  status     text not null check (status in ('PENDING', 'CONFIRMED', 'CANCELLED')),
  total      numeric(19, 4),
  created_at timestamptz not null default now()
) with (fillfactor = 80);

create table if not exists order_line (
  order_id uuid     not null references orders,
  line     integer  not null,
  product  bigint   not null,
  quantity integer  not null,
  primary key (order_id, line)
);

-- The simulated provider's ledger.
create table if not exists charge (
  key        uuid           primary key,
  amount     numeric(19, 4) not null,
  status     text           not null check (status in ('CAPTURED', 'DECLINED')),
  created_at timestamptz    not null default now()
);
