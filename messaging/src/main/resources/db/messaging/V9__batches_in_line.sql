-- A batch of six events has some 2.4 kB. PostgreSQL compresses rows from 2 kB on, which costs each order more time than the bytes are worth: the
-- segments are dropped after their retention. Up to 4 kB rows are now stored as they are.
create or replace function add_partition(number integer) returns void
language plpgsql set search_path = messaging as $$
declare
  name text := format('event_batch_%s', number);
begin
  execute format(
    'create table %I (like event_batch) with (autovacuum_enabled = off, toast.autovacuum_enabled = off, toast_tuple_target = 4096)', name);
  execute format('alter table %I add constraint %I check (segment = %s)', name, name || '_segment', number);
  execute format('create unique index on %I (last_position)', name);
  execute format('create index on %I (key, last_position)', name);
  execute format('alter table event_batch attach partition %I for values in (%s)', name, number);
  execute format('alter table %I drop constraint %I', name, name || '_segment');
end
$$;

do $$
declare
  newest text;
begin
  select format('event_batch_%s', max(segment)) into newest from messaging.log_segment;
  if to_regclass('messaging.' || newest) is not null then
    execute format('alter table messaging.%I set (toast_tuple_target = 4096)', newest);
  end if;
end
$$;
