-- What a customer's own login holds without paying is limited: see docs/adr/0037-holds-are-limited.md.

-- Whether the e-mail address is verified. Nobody was asked to verify it before.
alter table sales.customer add column verified boolean not null default false;

-- True if the customer's own login has placed the order, else absent: the indexes below hold no order of staff or machine clients. Their
-- conditions name no column that changes while an order goes from PENDING to PAID, so that these updates stay heap-only.
alter table sales.order add column by_customer boolean;

create index order_held_by_customer on sales.order (customer_id) where by_customer and under_way_since is not null;

create index order_given_up on sales.order (customer_id, id)
  where by_customer and reason in ('payment_failed', 'reservation_expired', 'customer_request', 'deadline_exceeded');
