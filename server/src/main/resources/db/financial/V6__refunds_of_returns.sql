-- The return that a refund is for: each return is refunded once.
alter table financial.refunds add column return_id uuid;

create unique index refunds_of_return on financial.refunds (return_id) where return_id is not null;
