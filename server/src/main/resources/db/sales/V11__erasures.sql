-- Customers whose personal data shall be erased: reported once none of their orders is open, and then told to be erased.
create table sales.erasure (
  customer_id uuid primary key,
  correlation_id text not null,
  causation_id uuid,
  requested_at timestamptz not null default now(),
  orders_ended_at timestamptz,
  erased_at timestamptz
);

-- The few that wait for the end of an order.
create index erasure_waiting on sales.erasure (requested_at) where orders_ended_at is null;
