-- Rules that concern one column are domains, those of a row a function: PostgreSQL plans these once a session.
-- See docs/adr/0013-rules-planned-once.md.
create domain logistics.shipment_status as text
  check (value in ('PREPARING', 'DISPATCHED', 'DELIVERED', 'CANCELLED', 'RETURNED'));

create function logistics.shipment_is_consistent(
  id uuid, order_id uuid, status text, part smallint, product_ids uuid[], skus text[], names text[], ordered integer[], quantities integer[],
  dispatched_at timestamptz, delivered_at timestamptz, ended_at timestamptz, version integer
) returns boolean language plpgsql immutable parallel safe as $$
declare
  lines integer := cardinality(product_ids);
begin
  if part < 1 or (part = 1) <> (id = order_id) or version < 1
    or lines <> cardinality(skus) or lines <> cardinality(names)
    or lines <> cardinality(ordered) or lines <> cardinality(quantities)
  then
    return false;
  end if;
  -- Most shipments contain all that is ordered, so their lines are not looked at one by one.
  if quantities <> ordered then
    for i in 1 .. lines loop
      if coalesce(quantities[i] > ordered[i], true) then
        return false;
      end if;
    end loop;
  end if;
  return coalesce(
    1 <= all (quantities) and case status
      when 'PREPARING' then lines > 0 and dispatched_at is null and delivered_at is null and ended_at is null
      when 'DISPATCHED' then lines > 0 and dispatched_at is not null and delivered_at is null and ended_at is null
      when 'DELIVERED' then lines > 0 and dispatched_at is not null and delivered_at is not null and ended_at is null
      -- Without lines it is a tombstone: its order was cancelled before its confirmation was handled.
      when 'CANCELLED' then dispatched_at is null and delivered_at is null and ended_at is not null
      when 'RETURNED' then lines > 0 and dispatched_at is not null and ended_at is not null
    end,
    false);
end
$$;

-- Goods of one order that leave one location together. The shipments of an order are numbered. The first one has the order's id, which spares
-- an index, and stands for the order where its shipments are locked. ordered: the units that the location holds of the product for the order, in all of its shipments together.
create table logistics.shipment (
  id uuid primary key,
  order_id uuid not null,
  customer_id uuid not null,
  location text not null,
  part smallint not null,
  status logistics.shipment_status not null,
  product_ids uuid[] not null,
  skus text[] not null,
  names text[] not null,
  ordered integer[] not null,
  quantities integer[] not null,
  carrier text,
  tracking_code text,
  created_at timestamptz not null,
  dispatched_at timestamptz,
  delivered_at timestamptz,
  ended_at timestamptz,
  version integer not null,
  constraint shipment_is_consistent check (logistics.shipment_is_consistent(
    id, order_id, status, part, product_ids, skus, names, ordered, quantities, dispatched_at, delivered_at, ended_at, version))
);

-- The further shipments of an order.
create unique index shipment_further on logistics.shipment (order_id, part) where part > 1;

-- What is to be picked.
create index shipment_preparing on logistics.shipment (location, id) where status = 'PREPARING';

-- Nothing is shipped twice: the shipments of a location contain together no more than it holds for the order.
create function logistics.refuse_more_than_ordered() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from logistics.shipment s, unnest(s.product_ids, s.ordered, s.quantities) as line (product_id, ordered, quantity)
    where s.order_id = new.order_id and s.location = new.location
    group by line.product_id
    having sum(line.quantity) > min(line.ordered) or min(line.ordered) <> max(line.ordered))
  then
    raise exception 'the shipments of order % from % contain more than it holds for the order', new.order_id, new.location
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;

-- The first shipment of an order is within its own limits; it costs no look at others. A split changes two rows, so the rule is checked at the
-- end of the transaction.
create constraint trigger further_shipment_within_ordered after insert on logistics.shipment
  deferrable initially deferred for each row when (new.part > 1)
  execute function logistics.refuse_more_than_ordered();

create constraint trigger changed_shipment_within_ordered after update on logistics.shipment
  deferrable initially deferred for each row
  when (old.product_ids <> new.product_ids or old.ordered <> new.ordered or old.quantities <> new.quantities)
  execute function logistics.refuse_more_than_ordered();

create function logistics.refuse_step() returns trigger language plpgsql as $$
begin
  raise exception 'shipment % of order % is % and cannot become % from %', old.id, old.order_id, old.status, new.status, new.location
    using errcode = 'check_violation';
end
$$;

-- A shipment stays with its order and location, and what has ended never leaves again. Two steps of one transaction are written as one.
create trigger shipment_moves_on before update on logistics.shipment
  for each row
  when (
    old.order_id <> new.order_id or old.customer_id <> new.customer_id or old.location <> new.location or old.part <> new.part
    or (old.status <> new.status and not (
      old.status = 'PREPARING'
      or (old.status = 'DISPATCHED' and new.status in ('DELIVERED', 'RETURNED'))
      or (old.status = 'DELIVERED' and new.status = 'RETURNED'))))
  execute function logistics.refuse_step();
