-- The tax of the units that come back. The columns are absent where no line has a tax or a code, and in returns of earlier versions.
alter table sales.return
  add column tax_codes text[],
  add column tax_rates numeric(7, 6)[],
  add column taxes numeric(19, 4)[],
  add column taxes_included boolean[],
  drop constraint return_is_consistent;

drop function sales.return_is_consistent(
  text, uuid[], text[], text[], integer[], numeric[], numeric, numeric, timestamptz, timestamptz, timestamptz, integer);

-- What is given back is at most the price of the lines with the tax that was added to it.
create function sales.return_is_consistent(
  status text, product_ids uuid[], skus text[], names text[], quantities integer[], unit_prices numeric[], tax_codes text[],
  tax_rates numeric[], taxes numeric[], taxes_included boolean[], refund numeric, refunded numeric, decided_at timestamptz,
  received_at timestamptz, refunded_at timestamptz, version integer
) returns boolean language plpgsql immutable parallel safe as $$
declare
  lines integer := cardinality(product_ids);
  price numeric;
  taxed boolean := taxes is not null;
begin
  if lines < 1 or version < 1
    or lines <> cardinality(skus) or lines <> cardinality(names)
    or lines <> cardinality(quantities) or lines <> cardinality(unit_prices)
    or taxed <> (tax_codes is not null) or taxed <> (tax_rates is not null) or taxed <> (taxes_included is not null)
    or (taxed and (lines <> cardinality(tax_codes) or lines <> cardinality(tax_rates) or lines <> cardinality(taxes)
      or lines <> cardinality(taxes_included)))
  then
    return false;
  end if;
  if taxed then
    if exists (
      select 1 from unnest(quantities, unit_prices, tax_rates, taxes, taxes_included) as line (quantity, unit_price, rate, tax, included)
      where (rate is null) <> (tax is null) or (rate is null) <> (included is null)
        or rate < 0 or rate >= 1 or tax < 0 or (included and tax > quantity * unit_price))
    then
      return false;
    end if;
    select sum(line.quantity * line.unit_price + case when line.included then 0 else coalesce(line.tax, 0) end) into price
    from unnest(quantities, unit_prices, taxes, taxes_included) as line (quantity, unit_price, tax, included);
  else
    select sum(line.quantity * line.unit_price) into price from unnest(quantities, unit_prices) as line (quantity, unit_price);
  end if;
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

alter table sales.return
  add constraint return_is_consistent check (sales.return_is_consistent(
    status, product_ids, skus, names, quantities, unit_prices, tax_codes, tax_rates, taxes, taxes_included, refund, refunded, decided_at,
    received_at, refunded_at, version));

-- Its goods, their tax and its order never change, and it moves one step at a time.
drop trigger return_moves_on on sales.return;
create trigger return_moves_on before update on sales.return
  for each row
  when (
    old.order_id <> new.order_id or old.customer_id <> new.customer_id or old.product_ids <> new.product_ids
    or old.quantities <> new.quantities or old.unit_prices <> new.unit_prices or old.currency <> new.currency
    or (old.tax_codes, old.tax_rates, old.taxes, old.taxes_included)
      is distinct from (new.tax_codes, new.tax_rates, new.taxes, new.taxes_included)
    or (old.status <> new.status and not (
      (old.status = 'REQUESTED' and new.status in ('APPROVED', 'REJECTED'))
      or (old.status = 'APPROVED' and new.status in ('RECEIVED', 'REJECTED'))
      or (old.status = 'RECEIVED' and new.status = 'REFUNDED'))))
  execute function sales.refuse_return_step();
