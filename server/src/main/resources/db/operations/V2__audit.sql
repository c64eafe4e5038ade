-- The audit trail: one row for each operations.audit.recorded, in the order in which operations has heard of them. Each row's hash covers the
-- row and the hash of the row before it.
create table audit_record (
  sequence bigint primary key,
  event_id uuid not null unique,
  recorded_at timestamptz not null,
  actor text not null,
  action text not null,
  -- The subjects of all entries, each once.
  subjects text[] not null,
  -- The event's payload, word for word.
  data text not null,
  hash bytea not null
);
create index on audit_record (actor, sequence);
-- By code points, so that a prefix is a range whatever the database's collation is.
create index on audit_record (action collate "C", sequence);
create index on audit_record (recorded_at);
create index on audit_record using gin (subjects);

-- One row: the end of the chain. It is locked while rows are appended, and tells that none is missing at the end.
create table audit_end (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null,
  hash bytea not null
) with (fillfactor = 10);

insert into audit_end (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'operations.audit_record is append-only: % is refused', tg_op;
end
$$;

create trigger append_only before update or delete or truncate on audit_record
  for each statement execute function refuse_change();
