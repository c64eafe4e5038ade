-- Goods of delivered orders that come back. A return holds its units from its request on, unless it is rejected.
create domain sales.return_status as text
  check (value in ('REQUESTED', 'APPROVED', 'RECEIVED', 'REFUNDED', 'REJECTED'));

create function sales.return_is_consistent(
  status text, product_ids uuid[], skus text[], names text[], quantities integer[], unit_prices numeric[], refund numeric, refunded numeric,
  decided_at timestamptz, received_at timestamptz, refunded_at timestamptz, version integer
) returns boolean language plpgsql immutable parallel safe as $$
declare
  lines integer := cardinality(product_ids);
  price numeric;
begin
  if lines < 1 or version < 1
    or lines <> cardinality(skus) or lines <> cardinality(names)
    or lines <> cardinality(quantities) or lines <> cardinality(unit_prices)
  then
    return false;
  end if;
  select sum(line.quantity * line.unit_price) into price from unnest(quantities, unit_prices) as line (quantity, unit_price);
  return coalesce(
    1 <= all (quantities) and 0 <= all (unit_prices) and refund between 0 and price
    and case status
      when 'REQUESTED' then decided_at is null and received_at is null and refunded_at is null and refunded is null
      when 'APPROVED' then decided_at is not null and received_at is null and refunded_at is null and refunded is null
      when 'REJECTED' then decided_at is not null and received_at is null and refunded_at is null and refunded is null
      when 'RECEIVED' then decided_at is not null and received_at is not null and refunded_at is null and refunded is null
      when 'REFUNDED' then decided_at is not null and received_at is not null and refunded_at is not null and refunded between 0 and refund
    end,
    false);
end
$$;

-- refund: what is to be given back. refunded: what was given back.
create table sales.return (
  id uuid primary key,
  order_id uuid not null,
  customer_id uuid not null,
  status sales.return_status not null,
  product_ids uuid[] not null,
  skus text[] not null,
  names text[] not null,
  quantities integer[] not null,
  unit_prices numeric(19, 4)[] not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  refund numeric(19, 4) not null,
  refunded numeric(19, 4),
  restock boolean not null,
  location text not null,
  reason text not null,
  note text,
  requested_at timestamptz not null,
  decided_at timestamptz,
  received_at timestamptz,
  refunded_at timestamptz,
  version integer not null,
  constraint return_is_consistent check (sales.return_is_consistent(
    status, product_ids, skus, names, quantities, unit_prices, refund, refunded, decided_at, received_at, refunded_at, version))
);

create index return_of_order on sales.return (order_id, id);
create index return_of_customer on sales.return (customer_id, id);

-- What staff has to decide or to receive.
create index return_requested on sales.return (id) where status = 'REQUESTED';
create index return_approved on sales.return (id) where status = 'APPROVED';
create index return_received on sales.return (id) where status = 'RECEIVED';

-- No unit comes back twice: the returns of an order name together no more than it has.
create function sales.refuse_more_than_ordered() returns trigger language plpgsql as $$
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
  return null;
end
$$;

create constraint trigger return_within_ordered after insert on sales.return
  for each row execute function sales.refuse_more_than_ordered();

create function sales.refuse_return_step() returns trigger language plpgsql as $$
begin
  raise exception 'return % of order % is % and cannot become %', old.id, old.order_id, old.status, new.status using errcode = 'check_violation';
end
$$;

-- Its goods and its order never change, and it moves one step at a time.
create trigger return_moves_on before update on sales.return
  for each row
  when (
    old.order_id <> new.order_id or old.customer_id <> new.customer_id or old.product_ids <> new.product_ids
    or old.quantities <> new.quantities or old.unit_prices <> new.unit_prices or old.currency <> new.currency
    or (old.status <> new.status and not (
      (old.status = 'REQUESTED' and new.status in ('APPROVED', 'REJECTED'))
      or (old.status = 'APPROVED' and new.status in ('RECEIVED', 'REJECTED'))
      or (old.status = 'RECEIVED' and new.status = 'REFUNDED'))))
  execute function sales.refuse_return_step();
