-- Places that hold stock. Codes are compared byte by byte, as the program compares them.
create table inventory.location (
  id uuid not null,
  code text collate "C" primary key,
  name text not null,
  priority integer not null check (priority between 0 and 10000),
  active boolean not null
);

insert into inventory.location (id, code, name, priority, active) values (gen_random_uuid(), 'MAIN', 'Main', 100, true);
-- Otherwise the planner would expect hundreds of locations: the table is too small to be analyzed by itself.
analyze inventory.location;

-- The counters of a product at one location. Every product has a row at MAIN; elsewhere once something was received there.
alter table inventory.stock
  add column location text collate "C" not null default 'MAIN' references inventory.location,
  -- Physical stock that orders may not reserve.
  add column safety_stock integer not null default 0,
  drop constraint stock_not_oversold,
  add constraint stock_not_oversold check (reserved between 0 and physical and safety_stock >= 0),
  drop constraint stock_pkey,
  add primary key (product_id, location, revision_group);

-- A product's stock at all of its locations together. available: what orders can reserve.
create view inventory.stocked as
  select s.product_id, sum(s.physical) as physical, sum(s.reserved) as reserved,
    sum(case when l.active then greatest(s.physical - s.reserved - s.safety_stock, 0) else 0 end) as available
  from inventory.stock s join inventory.location l on l.code = s.location
  group by s.product_id;

alter table inventory.ledger add column location text collate "C" not null default 'MAIN';

alter domain inventory.movement drop constraint movement_check;
alter domain inventory.movement add constraint movement_check
  check (value in ('received', 'adjusted', 'reserved', 'released', 'expired', 'confirmed', 'returned', 'transferred_out', 'transferred_in'));

-- Why a reservation is held where it is.
create domain inventory.allocation as text check (value in ('SERVES_ALL', 'SPLIT_BY_PRIORITY', 'SPLIT_TO_FEWEST'));

-- locations: where its lines are held; absent if all are at MAIN. allocation: absent if no other location had any of it.
-- The table still has one check: see docs/adr/0013-rules-planned-once.md.
alter table inventory.reservation
  add column locations text[],
  add column allocation inventory.allocation,
  drop constraint reservation_is_consistent,
  add constraint reservation_is_consistent check (
    inventory.reservation_is_consistent(status, product_ids, quantities, expires_at, ended_at, renewals, returned_at)
    and (locations is null or cardinality(locations) = cardinality(product_ids)));

-- A reservation's lines, each product once per location.
create function inventory.held(product_ids uuid[], quantities integer[], locations text[])
  returns table (product_id uuid, quantity integer, location text)
  language sql immutable parallel safe
begin atomic
  select line.product_id, line.quantity, coalesce(line.location, 'MAIN')
  from unnest(product_ids, quantities, locations) as line (product_id, quantity, location);
end;

-- The hold is bound to its location to the end.
create function inventory.refuse_to_move_a_hold() returns trigger language plpgsql as $$
begin
  raise exception 'reservation % is held where it was allocated, and cannot move', old.id using errcode = 'check_violation';
end
$$;

create trigger reservation_stays_where_it_is before update on inventory.reservation
  for each row
  when (old.locations is distinct from new.locations)
  execute function inventory.refuse_to_move_a_hold();

-- Goods on their way between locations. They are stock of none while they are in transit.
create table inventory.transfer (
  id uuid primary key,
  product_id uuid not null references inventory.product,
  quantity integer not null check (quantity > 0),
  from_location text collate "C" not null references inventory.location,
  to_location text collate "C" not null references inventory.location,
  status text not null check (status in ('IN_TRANSIT', 'RECEIVED', 'CANCELLED')),
  reason text,
  created_at timestamptz not null,
  ended_at timestamptz,
  constraint transfer_goes_elsewhere check (from_location <> to_location),
  constraint transfer_ended check ((ended_at is null) = (status = 'IN_TRANSIT'))
);
create index transfer_of_product on inventory.transfer (product_id, id);
create index transfer_in_transit on inventory.transfer (id) where status = 'IN_TRANSIT';

create function inventory.refuse_to_change_a_transfer() returns trigger language plpgsql as $$
begin
  raise exception 'transfer % is % and cannot become % with % of % from % to %', old.id, old.status, new.status, new.quantity,
    new.product_id, new.from_location, new.to_location using errcode = 'check_violation';
end
$$;

-- A transfer ends once; what it moves never changes.
create trigger transfer_ends_once before update on inventory.transfer
  for each row
  when (old.status <> 'IN_TRANSIT' or old.product_id <> new.product_id or old.quantity <> new.quantity
    or old.from_location <> new.from_location or old.to_location <> new.to_location)
  execute function inventory.refuse_to_change_a_transfer();

-- Goods of an order come back whatever location held them.
create or replace function inventory.refuse_more_than_confirmed() returns trigger language plpgsql as $$
begin
  if exists (
    select 1
    from (
      select line.product_id, sum(line.quantity) as quantity
      from inventory.return r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
      where r.order_id = new.order_id
      group by line.product_id) back
    left join (
      select line.product_id, sum(line.quantity) as quantity
      from inventory.reservation r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
      where r.order_id = new.order_id and r.status = 'CONFIRMED' and r.returned_at is null
      group by line.product_id) held
      using (product_id)
    where back.quantity > coalesce(held.quantity, 0))
  then
    raise exception 'the returns of order % contain more than it got', new.order_id using errcode = 'check_violation';
  end if;
  return null;
end
$$;
