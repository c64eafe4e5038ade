create domain webhooks.endpoint_state as text check (value in ('ACTIVE', 'PROBING', 'DISABLED'));
create domain webhooks.disabled_reason as text check (value in ('FAILING', 'GONE', 'OPERATOR', 'PROBE_FAILED'));
create domain webhooks.delivery_status as text check (value in ('PENDING', 'DELIVERED', 'FAILED'));
create domain webhooks.delivery_kind as text check (value in ('EVENT', 'TEST'));

-- How far the log is read. One row, which also orders registrations.
create table webhooks.position (
  id smallint primary key default 1 check (id = 1),
  position bigint not null check (position >= 0)
);
insert into webhooks.position (position) values (0);

create table webhooks.endpoint (
  id uuid primary key,
  url text not null check (length(url) <= 1000),
  filters text[] not null check (cardinality(filters) between 1 and 50),
  description text,
  ordered boolean not null,
  state webhooks.endpoint_state not null,
  disabled_reason webhooks.disabled_reason,
  failing_since timestamptz,
  secret text not null,
  former_secret text,
  former_until timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version integer not null check (version >= 1),
  constraint disabled_has_reason check ((state = 'DISABLED') = (disabled_reason is not null)),
  constraint former_secret_has_end check ((former_secret is null) = (former_until is null))
);

-- One event for one endpoint. key and position are those of the event; a test has position 0.
create table webhooks.delivery (
  id uuid primary key,
  endpoint_id uuid not null references webhooks.endpoint on delete cascade,
  kind webhooks.delivery_kind not null,
  event_id uuid not null,
  type text not null,
  key uuid not null,
  position bigint not null,
  body text not null,
  status webhooks.delivery_status not null,
  attempts integer not null check (attempts >= 0),
  tries integer not null check (tries between 0 and attempts),
  due_at timestamptz not null,
  leased_until timestamptz,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint pending_has_not_ended check ((status = 'PENDING') = (ended_at is null)),
  constraint ended_has_attempt check (status = 'PENDING' or attempts > 0),
  constraint ended_has_no_lease check (status = 'PENDING' or leased_until is null)
);

-- An event is queued once for an endpoint.
create unique index delivery_of_event on webhooks.delivery (endpoint_id, event_id);
-- What is due.
create index delivery_due on webhooks.delivery (endpoint_id, due_at) where status = 'PENDING';
-- What an ordered endpoint waits for.
create index delivery_of_key on webhooks.delivery (endpoint_id, key, position) where status = 'PENDING';
-- The list of an endpoint.
create index delivery_listed on webhooks.delivery (endpoint_id, id);
-- What is forgotten.
create index delivery_ended on webhooks.delivery (ended_at) where ended_at is not null;

create table webhooks.attempt (
  delivery_id uuid not null references webhooks.delivery on delete cascade,
  number integer not null check (number >= 1),
  at timestamptz not null,
  status integer check (status between 100 and 999),
  millis integer not null check (millis >= 0),
  error text,
  answer text check (length(answer) <= 1024),
  primary key (delivery_id, number),
  constraint status_or_error check ((status is null) <> (error is null))
);
