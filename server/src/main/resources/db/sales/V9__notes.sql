-- What a person said when an order was cancelled: lists of orders are searched for it.
alter table sales.order add column note text;
