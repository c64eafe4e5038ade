-- Apps on customers' devices. token is sealed with the customer's key; token_hash is a keyed hash that finds it.
create table notifications.device (
  id uuid primary key,
  customer_id uuid not null,
  token text not null,
  token_hash text not null unique,
  created_at timestamptz not null
);
create index device_customer on notifications.device (customer_id, id);
