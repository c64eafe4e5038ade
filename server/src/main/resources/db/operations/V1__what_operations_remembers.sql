-- How many submitted orders are in each state: updated by every batch that operations hears, so it is kept narrow and without indexes
-- that change, and each page has room for new versions of its rows.
create table order_count (
  status text primary key,
  orders bigint not null
) with (fillfactor = 10);

-- One row: the last event that was counted, by which a repeated one is recognised.
create table counted_to (
  only_row boolean primary key default true check (only_row),
  position bigint not null
) with (fillfactor = 10);

insert into counted_to (position) values (0);

-- Events that somebody published by hand.
create table manual_publication (
  event_id uuid primary key,
  published_by text not null,
  published_at timestamptz not null,
  unchecked boolean not null
);
