-- Goods of an order that have come back, each return once: into stock again, or written off.
create table inventory.return (
  id uuid primary key,
  order_id uuid not null,
  product_ids uuid[] not null,
  quantities integer[] not null,
  restocked boolean not null,
  location text not null,
  at timestamptz not null,
  constraint return_lines check (
    cardinality(product_ids) > 0 and cardinality(product_ids) = cardinality(quantities) and 0 < all (quantities))
);

create index return_of_order on inventory.return (order_id);

-- No unit comes back twice: the returns of an order contain together no more than its confirmed reservation.
create function inventory.refuse_more_than_confirmed() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from (
      select line.product_id, sum(line.quantity) as quantity
      from inventory.return r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
      where r.order_id = new.order_id
      group by line.product_id) back
    left join (
      select line.product_id, line.quantity
      from inventory.reservation r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
      where r.order_id = new.order_id and r.status = 'CONFIRMED' and r.returned_at is null) held
      using (product_id)
    where back.quantity > coalesce(held.quantity, 0))
  then
    raise exception 'the returns of order % contain more than it got', new.order_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create constraint trigger return_within_confirmed after insert on inventory.return
  deferrable initially deferred
  for each row execute function inventory.refuse_more_than_confirmed();

create function inventory.refuse_to_return_twice() returns trigger language plpgsql as $$
begin
  if exists (select 1 from inventory.return where order_id = new.order_id) then
    raise exception 'goods of order % have come back already', new.order_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- A cancellation takes back all goods of an order, so it finds none that came back before.
create constraint trigger reservation_returned_once after update on inventory.reservation
  deferrable initially deferred
  for each row when (old.returned_at is null and new.returned_at is not null)
  execute function inventory.refuse_to_return_twice();
