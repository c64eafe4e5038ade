-- What a bundle consists of: its parts and the units of each in one bundle. Absent for other products. A bundle has no row in stock.
alter table inventory.product
  add column bundle_products uuid[],
  add column bundle_quantities integer[],
  add constraint product_bundle check (
    num_nonnulls(bundle_products, bundle_quantities) = 0
    or coalesce(
      cardinality(bundle_products) between 1 and 50
      and cardinality(bundle_products) = cardinality(bundle_quantities)
      and 1 <= all (bundle_quantities) and 1000000 >= all (bundle_quantities)
      and id <> all (bundle_products)
      and backorder_policy is null,
      false));

-- Few products are bundles: whether one is, and which have a part, is found without reading the others.
create index product_bundles on inventory.product (id) where bundle_products is not null;
create index product_bundle_parts on inventory.product using gin (bundle_products) where bundle_products is not null;

-- A bundle remains one, and its parts are products that are no bundles, each once. It has never had stock, and is no part itself.
-- The parts are locked, so that none becomes a bundle meanwhile.
create function inventory.refuse_impossible_bundle() returns trigger language plpgsql as $$
declare
  parts integer;
begin
  if new.bundle_products is null then
    raise exception 'product % remains a bundle', new.id using errcode = 'check_violation';
  end if;
  perform 1 from inventory.product where id = any (new.bundle_products) order by id for share;
  select count(*) into parts from inventory.product where id = any (new.bundle_products) and bundle_products is null;
  if parts <> cardinality(new.bundle_products) then
    raise exception 'the parts of product % must be products that are no bundles, each once', new.id using errcode = 'check_violation';
  end if;
  if exists (select from inventory.product where bundle_products @> array[new.id]) then
    raise exception 'product % is a part of a bundle', new.id using errcode = 'check_violation';
  end if;
  if exists (select from inventory.stock where product_id = new.id) then
    raise exception 'product % has stock levels of its own', new.id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create trigger product_begins_as_bundle after insert on inventory.product
  for each row when (new.bundle_products is not null)
  execute function inventory.refuse_impossible_bundle();

create trigger product_changes_its_parts after update on inventory.product
  for each row
  when (old.bundle_products is distinct from new.bundle_products or old.bundle_quantities is distinct from new.bundle_quantities)
  execute function inventory.refuse_impossible_bundle();

-- Rows of stock are made with a product and with its first goods at a location, never by an order.
create function inventory.refuse_stock_of_a_bundle() returns trigger language plpgsql as $$
begin
  perform 1 from inventory.product where id = new.product_id for share;
  if exists (select from inventory.product where id = new.product_id and bundle_products is not null) then
    raise exception 'product % is a bundle and has no stock of its own', new.product_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;

create trigger stock_is_of_no_bundle after insert on inventory.stock
  for each row execute function inventory.refuse_stock_of_a_bundle();

-- How many bundles the parts are enough for. A part that cannot be ordered is enough for none.
create function inventory.available_bundles(products uuid[], quantities integer[]) returns bigint
  language sql stable parallel safe
begin atomic
  select coalesce(min(case when p.active then s.available / part.quantity else 0 end), 0)::bigint
  from unnest(products, quantities) as part (product_id, quantity)
    join inventory.product p on p.id = part.product_id
    join lateral (select available from inventory.stocked where product_id = part.product_id) s on true;
end;
