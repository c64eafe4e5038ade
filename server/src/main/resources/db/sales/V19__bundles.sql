-- What a bundle consists of, as inventory reports it. Absent for other products.
alter table sales.product
  add column bundle_products uuid[],
  add column bundle_quantities integer[];

create function sales.parts_are_consistent(ids uuid[], skus text[], names text[], quantities integer[])
returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    cardinality(ids) between 1 and 50 and cardinality(ids) = cardinality(skus) and cardinality(ids) = cardinality(names)
    and cardinality(ids) = cardinality(quantities) and 1 <= all (quantities),
    false);
end
$$;

-- The parts of a bundle are frozen with its price: units of each in one bundle. Absent for other products. The table still has one check of
-- several columns: see docs/adr/0013-rules-planned-once.md.
alter table sales.order_line
  add column part_ids uuid[],
  add column part_skus text[],
  add column part_names text[],
  add column part_quantities integer[],
  drop constraint order_line_tax_is_consistent,
  add constraint order_line_tax_is_consistent check (
    ((tax_rate is null and tax is null and tax_included is null)
      or sales.line_tax_is_consistent(quantity, unit_price, tax_rate, tax, tax_included))
    and (num_nonnulls(part_ids, part_skus, part_names, part_quantities) = 0
      or sales.parts_are_consistent(part_ids, part_skus, part_names, part_quantities)));

-- The units that each line needs of each product: in one unit of the line, and in all of them. A line that is no bundle needs itself.
create view sales.order_unit as
  select l.order_id, l.product_id as line_product_id, u.product_id, u.in_one, l.quantity::bigint * u.in_one as units
  from sales.order_line l cross join lateral (
    select l.product_id, 1 as in_one where l.part_ids is null
    union all
    select part.product_id, part.quantity from unnest(l.part_ids, l.part_quantities) as part (product_id, quantity)) u;

-- The parts of the bundles of a return, with the places of their lines from 0. Absent if no line is a bundle.
alter table sales.return
  add column part_lines integer[],
  add column part_ids uuid[],
  add column part_skus text[],
  add column part_names text[],
  add column part_quantities integer[],
  add constraint return_parts check (
    num_nonnulls(part_lines, part_ids, part_skus, part_names, part_quantities) = 0
    or coalesce(
      cardinality(part_ids) > 0 and cardinality(part_ids) = cardinality(part_lines) and cardinality(part_ids) = cardinality(part_skus)
      and cardinality(part_ids) = cardinality(part_names) and cardinality(part_ids) = cardinality(part_quantities)
      and 0 <= all (part_lines) and cardinality(product_ids) > all (part_lines) and 1 <= all (part_quantities),
      false));

create trigger return_keeps_its_parts before update on sales.return
  for each row
  when ((old.part_lines, old.part_ids, old.part_quantities) is distinct from (new.part_lines, new.part_ids, new.part_quantities))
  execute function sales.refuse_return_step();

-- As before. What counts as arrived of a line: every unit of the order that is missing is missed by every line that needs its product, and a
-- bundle has arrived as often as its scarcest part is there (OrderedUnits.delivered). A line of an order without bundles counts what has arrived.
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
      select need.line_product_id as product_id, min(greatest(need.units - need.missing, 0) / need.in_one) as quantity
      from (
        select u.line_product_id, u.in_one, u.units,
          greatest(sum(u.units) over (partition by u.product_id) - coalesce(brought.quantity, 0), 0)::bigint as missing
        from sales.order_unit u
        left join (
          select line.product_id, sum(line.quantity) as quantity
          from sales.delivery d, unnest(d.product_ids, d.quantities) as line (product_id, quantity)
          where d.order_id = new.order_id
          group by line.product_id) brought
          using (product_id)
        where u.order_id = new.order_id) need
      group by need.line_product_id) arrived
      using (product_id)
    where back.quantity > coalesce(arrived.quantity, 0))
  then
    raise exception 'the returns of order % name more than has arrived', new.order_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
