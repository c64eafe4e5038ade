-- The check spares reading a segment when it is attached. Afterwards it would only be planned anew by every statement that appends.
create or replace function open_segment(number integer, first_position bigint) returns void
language plpgsql set search_path = messaging as $$
declare
  name text := format('event_%s', number);
begin
  execute format('create table %I (like event including defaults)', name);
  execute format('alter table %I add constraint %I check (segment = %s)', name, name || '_segment', number);
  execute format('create unique index on %I (position)', name);
  execute format('create index on %I (key, position)', name);
  execute format('alter table event attach partition %I for values in (%s)', name, number);
  execute format('alter table %I drop constraint %I', name, name || '_segment');
  insert into log_segment (segment, first_position) values (number, first_position);
end
$$;

do $$
declare
  old record;
begin
  for old in
    select conrelid::regclass as segment, conname as name from pg_constraint
    where contype = 'c' and conrelid in (select inhrelid from pg_inherits where inhparent = 'event'::regclass)
  loop
    execute format('alter table %s drop constraint %I', old.segment, old.name);
  end loop;
end
$$;
