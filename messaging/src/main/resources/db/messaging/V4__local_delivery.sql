-- Subscriptions may handle an event in the transaction that publishes it. See docs/adr/0014-local-delivery.md.

-- Raised by claim, release, take-over and rewind: a transaction with local effects appends only under the generation it knows.
-- The mark names the last append, so that a process notices an append that is not its own.
alter table log_head
  add column generation bigint not null default 0,
  add column mark bigint not null default 0;

-- A subscription's bit in an event's flags; none beyond the 31st subscription. Flags of events up to flags_from do not count.
alter table subscription
  add column number smallint unique check (number between 0 and 30),
  add column flags_from bigint not null default 0;
update subscription s set number = n.number
from (select name, row_number() over (order by name) - 1 as number from subscription) n
where s.name = n.name and n.number <= 30;

-- The subscriptions that handled the event in the transaction that published it, one bit each; null where none did.
alter table event add column handled_by integer;
