create function sales.awaited_is_consistent(products uuid[], quantities integer[], dates timestamptz[])
returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    cardinality(products) > 0 and cardinality(products) = cardinality(quantities) and cardinality(products) = cardinality(dates)
    and 0 < all (quantities),
    false);
end
$$;

-- What the order waits for; absent if its stock is held. While a paid order waits, under_way_since is the end of its wait: it is not late before.
-- The table still has one check: see docs/adr/0013-rules-planned-once.md.
alter table sales.order
  add column awaited_products uuid[],
  add column awaited_quantities integer[],
  add column awaited_dates timestamptz[],
  drop constraint order_is_consistent,
  add constraint order_is_consistent check (
    sales.order_is_consistent(
      status, reason, total, currency, payment_method, reservation_id, reservation_status, payment_id, payment_status, under_way_since,
      version)
    and (num_nonnulls(held_products, held_locations, held_quantities) = 0
      or sales.held_is_consistent(held_products, held_locations, held_quantities))
    and (num_nonnulls(awaited_products, awaited_quantities, awaited_dates) = 0
      or sales.awaited_is_consistent(awaited_products, awaited_quantities, awaited_dates)));
