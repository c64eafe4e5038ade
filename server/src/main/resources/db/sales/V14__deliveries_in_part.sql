-- Goods of an order that have arrived while others of it have not: they can come back before. An order that arrives as a whole has no row.
create table sales.delivery (
  shipment_id uuid primary key,
  order_id uuid not null,
  product_ids uuid[] not null,
  quantities integer[] not null,
  constraint delivery_lines check (
    cardinality(product_ids) > 0 and cardinality(product_ids) = cardinality(quantities) and 0 < all (quantities))
);

create index delivery_of_order on sales.delivery (order_id);

-- No unit comes back twice, and none before it has arrived: the returns of an order name together no more than it has, and until all of it
-- has arrived no more than its deliveries.
create or replace function sales.refuse_more_than_ordered() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from (
      select line.product_id, sum(line.quantity) as quantity
      from sales.return r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
      where r.order_id = new.order_id and r.status <> 'REJECTED'
      group by line.product_id) back
    left join (
      select product_id, sum(quantity) as quantity from sales.order_line where order_id = new.order_id group by product_id) sold
      using (product_id)
    where back.quantity > coalesce(sold.quantity, 0))
  then
    raise exception 'the returns of order % name more than it has', new.order_id using errcode = 'check_violation';
  end if;
  if exists (
    select 1
    from (
      select line.product_id, sum(line.quantity) as quantity
      from sales.return r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
      where r.order_id = new.order_id and r.status <> 'REJECTED'
        and exists (select 1 from sales.order o where o.id = new.order_id and o.status not in ('DELIVERED', 'COMPLETED'))
      group by line.product_id) back
    left join (
      select line.product_id, sum(line.quantity) as quantity
      from sales.delivery d, unnest(d.product_ids, d.quantities) as line (product_id, quantity)
      where d.order_id = new.order_id
      group by line.product_id) arrived
      using (product_id)
    where back.quantity > coalesce(arrived.quantity, 0))
  then
    raise exception 'the returns of order % name more than has arrived', new.order_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
