-- The authenticator of a user (RFC 6238). One that is not confirmed asks for nothing yet.
create table customers.second_factor (
  account_id uuid primary key references customers.user_account (id) on delete cascade,
  -- Encrypted: whoever reads the table cannot make codes.
  sealed_secret text not null,
  confirmed_at timestamptz,
  -- The time step of the last code that was accepted: it and earlier ones count no more.
  last_step bigint not null,
  failed integer not null check (failed >= 0),
  paused_until timestamptz,
  created_at timestamptz not null
);

-- SHA-256 of the codes that are left; a used one is deleted.
create table customers.recovery_code (
  account_id uuid not null references customers.second_factor (account_id) on delete cascade,
  digest text not null check (length(digest) = 64),
  primary key (account_id, digest)
);
