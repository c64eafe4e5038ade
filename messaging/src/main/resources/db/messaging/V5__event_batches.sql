-- A row of the log holds the events of one key that one transaction appended, with positions that follow each other. See
-- docs/adr/0019-event-batches.md. The view event has one row for each event.
alter table event rename to single_event;

create table event_batch (
  segment integer not null,
  -- Position of the last event of the batch.
  last_position bigint not null,
  key uuid not null,
  correlation_id text not null,
  traceparent text,
  tracestate text,
  -- From here on one element for each event.
  ids uuid[] not null,
  types text[] not null,
  -- Null where the subject is the key.
  subjects uuid[] not null,
  times timestamptz[] not null,
  causation_ids uuid[] not null,
  -- The subscriptions that handled the event in the transaction that published it, one bit each; null where none did.
  handled_by integer[] not null,
  data text[] not null
) partition by list (segment);

-- The partition is made and indexed aside and attached with a lock that lets readers and writers go on. The check spares reading the partition
-- when it is attached. Rows are neither updated nor deleted, so there is nothing to vacuum until the partition is dropped.
create function add_partition(number integer) returns void
language plpgsql set search_path = messaging as $$
declare
  name text := format('event_batch_%s', number);
begin
  execute format('create table %I (like event_batch) with (autovacuum_enabled = off, toast.autovacuum_enabled = off)', name);
  execute format('alter table %I add constraint %I check (segment = %s)', name, name || '_segment', number);
  execute format('create unique index on %I (last_position)', name);
  execute format('create index on %I (key, last_position)', name);
  execute format('alter table event_batch attach partition %I for values in (%s)', name, number);
  execute format('alter table %I drop constraint %I', name, name || '_segment');
end
$$;

create or replace function open_segment(number integer, first_position bigint) returns void
language plpgsql set search_path = messaging as $$
begin
  perform add_partition(number);
  insert into log_segment (segment, first_position) values (number, first_position);
end
$$;

select add_partition(segment) from log_segment order by segment;

insert into event_batch (segment, last_position, key, correlation_id, traceparent, tracestate, ids, types, subjects, times, causation_ids,
  handled_by, data)
select segment, position, key, correlation_id, traceparent, tracestate, array[id], array[type], array[nullif(subject, key)], array[time],
  array[causation_id], array[handled_by], array[data]
from single_event
where segment in (select segment from log_segment)
order by position;

drop table single_event;

-- Partitions that were detached and not dropped yet.
do $$
declare
  orphan record;
begin
  for orphan in
    select relname as name from pg_class
    where relnamespace = 'messaging'::regnamespace and relkind = 'r' and relname ~ '^event_[0-9]+$'
  loop
    execute format('drop table %I', orphan.name);
  end loop;
end
$$;

-- A condition on the batch's last_position is found by an index, one on position is not.
create view event as
select b.segment, b.last_position, b.last_position - cardinality(b.ids) + e.ordinal as position, e.id, e.type,
  coalesce(e.subject, b.key) as subject, b.key, e.time, b.correlation_id, e.causation_id, b.traceparent, b.tracestate, e.data, e.handled_by
from event_batch b
  cross join lateral unnest(b.ids, b.types, b.subjects, b.times, b.causation_ids, b.handled_by, b.data) with ordinality
    as e (id, type, subject, time, causation_id, handled_by, data, ordinal);
