-- The secrets that this database was used with, by their ids; see reserva.privacy.secret.
create table platform.privacy_secret (
  id text primary key check (id ~ '^[0-9a-f]{8}$'),
  since timestamptz not null default now()
);

-- The key of each person whose data events carry, sealed with the key of a secret. A destroyed one leaves its row, so
-- that no other takes its place.
create table platform.subject_key (
  subject uuid primary key,
  master text check (master ~ '^[0-9a-f]{8}$'),
  sealed_key bytea check (octet_length(sealed_key) = 60),
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  check ((sealed_key is null) = (destroyed_at is not null)),
  check ((sealed_key is null) = (master is null))
);
