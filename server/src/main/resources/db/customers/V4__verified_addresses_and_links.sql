-- Whether somebody who reads the mail of the address has confirmed it. Nobody was asked to before.
alter table customers.customer add column verified boolean not null default false;
alter table customers.customer alter column verified drop default;

-- What the holder of a login may do once with a link. The secret in the link is derived from the id
-- with a key of the server and is not stored. A new link of an owner takes the place of the last one.
create table customers.account_link (
  id uuid primary key,
  purpose text not null check (purpose in ('verify_email', 'reset_password')),
  -- A customer, or the account of a member of staff.
  owner_id uuid not null,
  customer_id uuid references customers.customer (id) on delete cascade,
  account_id uuid references customers.user_account (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  unique (owner_id, purpose),
  check (owner_id = coalesce(customer_id, account_id)),
  check (customer_id is null or account_id is null),
  check (purpose = 'reset_password' or customer_id is not null)
);

-- Read by the purge.
create index account_link_by_expiry on customers.account_link (expires_at);

create index account_link_by_account on customers.account_link (account_id);
