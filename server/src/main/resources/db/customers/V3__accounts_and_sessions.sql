-- An account has an id that stays when its login name changes, and a version that tokens carry. Ending
-- an account's tokens raises the version.
alter table customers.user_account
  add column id uuid not null default gen_random_uuid() unique,
  add column version integer not null default 1 check (version >= 1);
alter table customers.user_account
  alter column id drop default,
  alter column version drop default;

-- A log-in that lasts by its refresh token. Tokens are stored as SHA-256 of their secret.
create table customers.session (
  id uuid primary key,
  account_id uuid not null references customers.user_account (id) on delete cascade,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  -- The secret before the last refresh, for a client that did not get the answer.
  previous_hash bytea check (octet_length(previous_hash) = 32),
  refreshed_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create index session_by_account on customers.session (account_id, created_at);

-- Read by the purge.
create index session_by_expiry on customers.session (expires_at);
