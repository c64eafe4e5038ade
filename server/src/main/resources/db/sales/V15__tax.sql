-- The rate and the tax code of a product, as inventory reports them. Absent where a product has none.
alter table sales.product
  add column tax_rate numeric(7, 6) check (tax_rate >= 0 and tax_rate < 1),
  add column tax_code text;

-- The tax of a line is frozen with its price. The currency's digits are not known here: the tax is at most half of the largest smallest unit, 1,
-- away from the exact one.
create function sales.line_tax_is_consistent(quantity integer, unit_price numeric, tax_rate numeric, tax numeric, tax_included boolean)
returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    tax_rate >= 0 and tax_rate < 1
    and tax >= 0
    and abs(tax - quantity * unit_price * tax_rate / case when tax_included then 1 + tax_rate else 1 end) <= 0.5
    and tax_included is not null,
    false);
end
$$;

-- tax: of all units of the line, in the order's currency. tax_included: whether the unit price contains it.
alter table sales.order_line
  add column tax_code text,
  add column tax_rate numeric(7, 6),
  add column tax numeric(19, 4),
  add column tax_included boolean,
  add constraint order_line_tax_is_consistent check (
    (tax_rate is null and tax is null and tax_included is null)
    or sales.line_tax_is_consistent(quantity, unit_price, tax_rate, tax, tax_included));
