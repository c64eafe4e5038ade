-- The locations that inventory has told of: goods can come back to them.
create table sales.location (
  code text collate "C" primary key
);

insert into sales.location (code) values ('MAIN');

create function sales.held_is_consistent(products uuid[], locations text[], quantities integer[])
returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    cardinality(products) > 0 and cardinality(products) = cardinality(locations) and cardinality(products) = cardinality(quantities)
    and 0 < all (quantities),
    false);
end
$$;

-- Where the reservation's units are held; absent if all are at MAIN. The table still has one check: see docs/adr/0013-rules-planned-once.md.
alter table sales.order
  add column held_products uuid[],
  add column held_locations text[],
  add column held_quantities integer[],
  drop constraint order_is_consistent,
  add constraint order_is_consistent check (
    sales.order_is_consistent(
      status, reason, total, currency, payment_method, reservation_id, reservation_status, payment_id, payment_status, under_way_since,
      version)
    and (num_nonnulls(held_products, held_locations, held_quantities) = 0
      or sales.held_is_consistent(held_products, held_locations, held_quantities)));
