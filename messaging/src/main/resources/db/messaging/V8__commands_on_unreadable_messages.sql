-- What operators do about messages that are no events.

alter table unreadable
  add column status text not null default 'OPEN' check (status in ('OPEN', 'RESOLVED', 'DISCARDED')),
  -- The event that it became.
  add column event_id uuid;

-- The same body is recorded again once an operator has closed the message before.
alter table unreadable drop constraint unreadable_queue_digest_key;
create unique index unreadable_once on unreadable (queue, digest) where status = 'OPEN';
create index unreadable_open on unreadable (id) where status = 'OPEN';

create table unreadable_action (
  unreadable_id uuid not null references unreadable on delete cascade,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  by text not null,
  reason text
);
create index on unreadable_action (unreadable_id, at);
