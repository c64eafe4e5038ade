-- An order takes its steps from the receipt (1) to the confirmation (4) within moments, so that only the furthest one is told. The order holds the
-- furthest step that a message was made of; a message of an earlier step that was not tried yet is removed. 0: no such step.
alter table notifications.order
  alter column customer_id drop not null,
  add column step smallint not null default 0 check (step >= 0);

-- leased_until: a process has claimed it. No index has the column and the pages have room, so that a claim writes no index.
alter table notifications.message
  add column step smallint not null default 0 check (step >= 0),
  add column leased_until timestamptz,
  set (fillfactor = 50);

-- What the history has to be told, without what waits to be sent.
create index message_unrecorded on notifications.message (id) where not recorded and status <> 'PENDING';
