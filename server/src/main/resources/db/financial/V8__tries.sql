-- How many more payments the buyer of an order may try to pay it with if this one fails. A payment of an earlier version was the only try.
alter table financial.payments add column tries_left integer not null default 0;

-- An order with several payments keeps the money of one at most. Orders with one payment, which are nearly all, are not in the index; that
-- they have only one says payments_of_order.
create unique index payments_keeping on financial.payments (order_id)
  where transaction_id is not null and not unwanted and (replaces is not null or replaced_by is not null);
