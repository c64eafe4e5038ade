-- Answers remembered by the identity of their command: the first half of SHA-256 over caller and
-- Idempotency-Key. Written in the transaction of the effect; kept 24 hours.
create table platform.idempotency (
  id uuid primary key,
  fingerprint bytea not null check (octet_length(fingerprint) = 32),
  status smallint not null check (status between 200 and 299),
  headers text not null,
  body text,
  created_at timestamptz not null default now()
);

-- Read by the purge.
create index idempotency_by_age on platform.idempotency (created_at);
