create table customers.customer (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) <= 254),
  -- The address in lower case: two that differ in case alone are the same.
  email_key text not null unique check (email_key = lower(email)),
  phone text check (length(phone) <= 32),
  active boolean not null,
  version integer not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null
);

-- Who can log in. A customer's login is its e-mail address; staff have names without an @.
create table customers.user_account (
  login text primary key check (login = lower(login)),
  password_hash text not null,
  roles text[] not null
    check (cardinality(roles) > 0 and roles <@ array['admin', 'operator', 'warehouse', 'customer']),
  customer_id uuid unique references customers.customer (id),
  active boolean not null,
  created_at timestamptz not null,
  check (('customer' = any (roles)) = (customer_id is not null)),
  check ((position('@' in login) > 0) = (customer_id is not null))
);
