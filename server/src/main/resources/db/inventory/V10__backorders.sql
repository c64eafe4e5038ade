-- Whether orders of a product may wait for stock that has not arrived; absent if they may not.
alter table inventory.product
  add column backorder_policy text check (backorder_policy in ('backorder', 'preorder')),
  add column backorder_limit integer check (backorder_limit > 0),
  add column backorder_expected_at timestamptz,
  add constraint product_backorder check (
    case when backorder_policy is null then num_nonnulls(backorder_limit, backorder_expected_at) = 0
      else backorder_policy = 'backorder' or backorder_expected_at is not null end);

-- awaited: units of the product that open reservations wait for, counted at MAIN wherever they will be held.
alter table inventory.stock
  add column awaited integer not null default 0,
  drop constraint stock_not_oversold,
  add constraint stock_not_oversold check (
    reserved between 0 and physical and safety_stock >= 0 and awaited >= 0 and (awaited = 0 or location = 'MAIN'));
create index stock_awaited on inventory.stock (product_id) where awaited > 0;

-- available: what new orders can reserve. servable: what orders can be served with that wait.
create or replace view inventory.stocked as
  select s.product_id, sum(s.physical) as physical, sum(s.reserved) as reserved,
    greatest(
      sum(case when l.active then greatest(s.physical - s.reserved - s.safety_stock, 0) else 0 end) - sum(s.awaited), 0) as available,
    sum(s.awaited) as awaited,
    sum(case when l.active then greatest(s.physical - s.reserved - s.safety_stock, 0) else 0 end) as servable
  from inventory.stock s join inventory.location l on l.code = s.location
  group by s.product_id;

create function inventory.waits_consistently(
  status text, product_ids uuid[], quantities integer[], ended_at timestamptz, renewals smallint, returned_at timestamptz,
  awaited_products uuid[], awaited_quantities integer[], awaited_dates timestamptz[]
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    status in ('RESERVED', 'RELEASED', 'EXPIRED')
    and (ended_at is null) = (status = 'RESERVED')
    and renewals = 0
    and returned_at is null
    and cardinality(product_ids) = cardinality(quantities)
    and 0 < all (quantities)
    and cardinality(awaited_products) > 0
    and cardinality(awaited_products) = cardinality(awaited_quantities)
    and cardinality(awaited_products) = cardinality(awaited_dates)
    and 0 < all (awaited_quantities)
    and not product_ids && awaited_products,
    false);
end
$$;

-- What the order waits for; absent if it waits for nothing. It becomes lines when its stock has arrived.
-- The table still has one check: see docs/adr/0013-rules-planned-once.md.
alter table inventory.reservation
  add column awaited_products uuid[],
  add column awaited_quantities integer[],
  add column awaited_dates timestamptz[],
  drop constraint reservation_is_consistent,
  add constraint reservation_is_consistent check (
    case when awaited_products is null
      then num_nonnulls(awaited_quantities, awaited_dates) = 0
        and inventory.reservation_is_consistent(status, product_ids, quantities, expires_at, ended_at, renewals, returned_at)
      else inventory.waits_consistently(
        status, product_ids, quantities, ended_at, renewals, returned_at, awaited_products, awaited_quantities, awaited_dates) end
    and (locations is null or cardinality(locations) = cardinality(product_ids)));

-- Who waits for a product.
create index reservation_waiting on inventory.reservation using gin (awaited_products)
  where status = 'RESERVED' and awaited_products is not null;

-- A hold is bound to its location to the end. Only what the order waited for is added to it.
drop trigger reservation_stays_where_it_is on inventory.reservation;
drop function inventory.refuse_to_move_a_hold();

create function inventory.refuse_to_move_a_hold() returns trigger language plpgsql as $$
declare
  held integer := cardinality(old.product_ids);
  main text[] := array_fill('MAIN'::text, array[cardinality(new.product_ids)]);
begin
  if old.awaited_products is not null
    and new.product_ids[:held] = old.product_ids
    and new.quantities[:held] = old.quantities
    and (coalesce(new.locations, main))[:held] = coalesce(old.locations, main[:held])
    and new.product_ids[held + 1:] <@ old.awaited_products
  then
    return new;
  end if;
  raise exception 'reservation % is held where it was allocated, and cannot move', old.id using errcode = 'check_violation';
end
$$;

create trigger reservation_stays_where_it_is before update on inventory.reservation
  for each row
  when (old.locations is distinct from new.locations or old.product_ids <> new.product_ids or old.quantities <> new.quantities)
  execute function inventory.refuse_to_move_a_hold();
