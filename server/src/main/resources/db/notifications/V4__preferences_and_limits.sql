-- What customers have chosen to receive or not. What is not chosen is as each kind begins; transactional messages cannot be refused.
create table notifications.preference (
  customer_id uuid not null,
  kind text not null check (kind in ('PROGRESS', 'NEWS')),
  channel notifications.channel not null,
  wanted boolean not null,
  primary key (customer_id, kind, channel)
);

-- Addresses that were refused for good, as keyed hashes.
create table notifications.bounce (
  message_id uuid primary key,
  channel notifications.channel not null,
  address_hash text not null unique,
  customer_id uuid,
  reason text not null,
  created_at timestamptz not null
);
create index bounce_customer on notifications.bounce (customer_id) where customer_id is not null;

-- How many messages that are not transactional a recipient, a keyed hash of its address, has had on a day.
create table notifications.allowance (
  recipient text not null,
  day date not null,
  used integer not null check (used >= 0),
  primary key (recipient, day)
);

-- counted: it is part of its recipient's count, and is not counted again when it is tried again.
alter table notifications.message add column counted boolean not null default false;

-- A message that is not sent on purpose is part of the history, with the reason.
alter table notifications.history drop constraint history_status_check;
alter table notifications.history drop constraint sent_or_not;
alter table notifications.history add constraint sent_or_not check (
  (status = 'SENT') = (sent_at is not null) and (status in ('FAILED', 'SKIPPED')) = (failure is not null)) not valid;
alter table notifications.history validate constraint sent_or_not;
