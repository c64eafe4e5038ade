-- Keys of machine clients. Any process on the database accepts them, so they are the platform's.
create table platform.api_key (
  id uuid primary key,
  name text not null check (length(name) between 1 and 100),
  -- The part that is shown, to tell keys apart.
  prefix text not null unique check (length(prefix) between 1 and 32),
  -- SHA-256 of the whole key, which is nowhere else.
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  roles text[] not null
    check (cardinality(roles) > 0 and roles <@ array['admin', 'operator', 'warehouse']),
  created_by text not null,
  -- The login of who made it; absent for a caller of another issuer.
  created_by_account uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  -- To the minute.
  last_used_at timestamptz
);

create index api_key_by_maker on platform.api_key (created_by_account) where revoked_at is null;
