-- The event log: append-only, positions without gaps in the order of commits.

-- One row, updated by every transaction that appends, as its last statements: its row lock is what makes the order of positions the order
-- of commits, and a rollback gives the positions back.
create table log_head (
  only_row boolean primary key default true check (only_row),
  position bigint not null,
  segment integer not null
) with (fillfactor = 10, autovacuum_vacuum_cost_delay = 0);

-- The log is kept in segments, each a partition of its own. A segment is closed when it is old or large, and dropped as a whole when all in
-- it is past retention and behind every cursor.
create table log_segment (
  segment integer primary key,
  first_position bigint not null,
  opened_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz
);

create table event (
  segment integer not null,
  position bigint not null,
  id uuid not null,
  type text not null,
  subject uuid not null,
  key uuid not null,
  time timestamptz not null,
  correlation_id text not null,
  causation_id uuid,
  traceparent text,
  tracestate text,
  data text not null
) partition by list (segment);

-- Opens a segment: the partition is made and indexed aside and attached with a lock that lets readers and writers go on.
create function open_segment(number integer, first_position bigint) returns void
language plpgsql set search_path = messaging as $$
declare
  name text := format('event_%s', number);
begin
  execute format('create table %I (like event including defaults)', name);
  execute format('alter table %I add check (segment = %s)', name, number);
  execute format('create unique index on %I (position)', name);
  execute format('create index on %I (key, position)', name);
  execute format('alter table event attach partition %I for values in (%s)', name, number);
  insert into log_segment (segment, first_position) values (number, first_position);
end
$$;

insert into log_head (position, segment) values (0, 1);
select open_segment(1, 1);

-- How far each subscription is. The epoch is the fence: whoever takes over raises it, and a former owner's transactions then fail.
create table subscription (
  name text primary key,
  position bigint not null,
  epoch bigint not null default 0,
  owner uuid,
  lease_until timestamptz not null default '-infinity',
  delivered bigint not null default 0,
  handled bigint not null default 0,
  discarded bigint not null default 0
) with (fillfactor = 10);

-- Events that failed, and those of the same key that wait behind them. The row is the event as it will be handled.
create table parked (
  id uuid primary key,
  subscription text not null references subscription,
  position bigint not null,
  status text not null check (status in ('WAITING', 'RETRYING', 'DEAD')),
  attempts integer not null,
  due_at timestamptz,
  event_id uuid not null,
  type text not null,
  subject uuid not null,
  key uuid not null,
  time timestamptz not null,
  correlation_id text not null,
  causation_id uuid,
  traceparent text,
  tracestate text,
  data text not null,
  error_type text,
  error_message text,
  first_failed_at timestamptz,
  check ((status = 'RETRYING') = (due_at is not null)),
  unique (subscription, event_id)
);
create index parked_chain on parked (subscription, key, position);
create index parked_due on parked (subscription, due_at) where status = 'RETRYING';

-- The record of a dead letter: it outlives its parked row, which has the same id.
create table dead_letter (
  id uuid primary key,
  subscription text not null,
  position bigint not null,
  status text not null check (status in ('OPEN', 'RETRYING', 'RESOLVED', 'DISCARDED')),
  attempts integer not null,
  event_id uuid not null,
  type text not null,
  subject uuid not null,
  key uuid not null,
  time timestamptz not null,
  correlation_id text not null,
  causation_id uuid,
  traceparent text,
  tracestate text,
  data text not null,
  original_data text,
  error_type text not null,
  error_message text not null,
  stack_trace text not null,
  first_failed_at timestamptz not null,
  last_failed_at timestamptz not null,
  closed_at timestamptz
);
create index dead_letter_open on dead_letter (id) where status = 'OPEN';
create index dead_letter_closed on dead_letter (closed_at) where closed_at is not null;

create table dead_letter_action (
  dead_letter_id uuid not null references dead_letter on delete cascade,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  by text not null,
  reason text
);
create index on dead_letter_action (dead_letter_id, at);
