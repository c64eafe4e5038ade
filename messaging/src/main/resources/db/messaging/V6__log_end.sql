-- The log's end leaves the head's row. An append inserts a row and deletes the one before, instead of updating a row in place: while some
-- snapshot is held open, every version of an updated row has to be passed to reach the last one, but an index finds the highest position at
-- once. See docs/adr/0020-the-logs-end-is-a-row-of-its-own.md.
create table log_end (
  -- Position of the last event. Only the highest counts.
  position bigint primary key,
  -- Names the last append, so that a process notices an append that is not its own.
  mark bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

insert into log_end (position, mark) select position, mark from log_head;

-- The head's row stays what is locked to append; it changes when a subscription changes hands, a segment is opened, or a process joins.
alter table log_head drop column position, drop column mark;

-- For a statement that has locked the head: unlike a subquery, a volatile function sees what was committed until it is called.
create function position_of_log_end() returns bigint
language sql volatile set search_path = messaging as $$
  select max(position) from log_end
$$;
