-- The last replay of each endpoint: the events of the log since a time are queued once more, page by page.
-- position: of the last event that was read. until: of the last event to be read. Both are absent until they are found in the log.
create table webhooks.replay (
  endpoint_id uuid primary key references webhooks.endpoint on delete cascade,
  since timestamptz not null,
  position bigint check (position >= 0),
  until bigint check (until >= position),
  deliveries integer not null check (deliveries >= 0),
  started_at timestamptz not null,
  ended_at timestamptz,
  constraint replay_has_range check ((position is null) = (until is null)),
  constraint replay_ends_with_range check ((ended_at is not null) = coalesce(position >= until, false))
);
