-- Events of other logs, which a broker brings. See docs/adr/0038-brokers-join-logs.md.

-- An imported event has the sign bit of its flags (handled_by) set.

-- Tells this log from the others that brokers join to it.
alter table log_head add column log_id uuid not null default gen_random_uuid();

-- The events that were imported. A broker may deliver each of them again.
create table inbox (
  id uuid primary key,
  imported_at timestamptz not null default clock_timestamp()
);
create index inbox_imported on inbox (imported_at);

-- Messages that could not be read as an event. Each is also in the dead-letter queue of its queue.
create table unreadable (
  id uuid primary key,
  queue text not null,
  received_at timestamptz not null default clock_timestamp(),
  -- The message's body, or its beginning.
  body bytea not null,
  -- Bytes of the whole body.
  length integer not null,
  digest bytea not null,
  -- A JSON object.
  headers text not null,
  reason text not null,
  -- A message that arrives again, because its rejection was lost, is recorded once.
  unique (queue, digest)
);
create index unreadable_received on unreadable (received_at);
