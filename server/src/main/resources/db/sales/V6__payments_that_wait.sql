-- What the buyer of an order needs to pay it, while its payment waits.
alter table sales.order
  add column pay_method text,
  add column pay_code   text,
  add column pay_by     timestamptz;

-- A payment can wait for the buyer (PROCESSING) and end without money (CANCELLED).
create or replace function sales.order_is_consistent(
  status text, reason text, total numeric, currency text, payment_method text, reservation_id uuid, reservation_status text,
  payment_id uuid, payment_status text, under_way_since timestamptz, version integer
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    version >= 1
    and total >= 0
    and currency ~ '^[A-Z]{3}$'
    and (payment_method is null or payment_method in ('credit_card', 'debit_card', 'pix', 'boleto'))
    and (reservation_id is null) = (reservation_status is null)
    and (reservation_status is null or reservation_status in ('RESERVED', 'RELEASED', 'EXPIRED', 'CONFIRMED'))
    and (payment_id is null) = (payment_status is null)
    and (payment_status is null or payment_status in ('PROCESSING', 'CANCELLED', 'FAILED', 'SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED'))
    and case
      when status in ('PENDING', 'PENDING_PAYMENT', 'PAID') then
        under_way_since is not null and reason is null
      when under_way_since is not null then
        false
      when status in ('CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED') then
        reason is null and reservation_status = 'CONFIRMED' and payment_status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')
      when status = 'CANCELLED' then
        reason in ('out_of_stock', 'unknown_product', 'payment_failed', 'reservation_expired', 'customer_request', 'operator_request',
          'returned')
      when status = 'FAILED' then
        reason = 'deadline_exceeded'
      else
        status = 'DRAFT' and reason is null
    end,
    false);
end
$$;
