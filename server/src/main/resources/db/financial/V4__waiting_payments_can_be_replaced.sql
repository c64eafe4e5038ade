-- What a buyer needs to pay a payment that waits, and which payment takes the place of which. Both are absent for nearly all payments.
alter table financial.payments
  add column pay_code    text,
  add column pay_by      timestamptz,
  add column replaces    uuid,
  add column replaced_by uuid;

-- No money may be kept of a payment whose order is dead, or which was replaced.
alter table financial.payments rename column order_cancelled to unwanted;

-- An order has one payment that is not replaced. The same index finds all payments of an order.
alter table financial.payments drop constraint payments_order_id_key;
create unique index payments_of_order on financial.payments (order_id, replaced_by) nulls not distinct;

-- A payment is replaced once. The same index finds the payments that are held, which payments_due does not hold.
create unique index payments_replacing on financial.payments (replaces) where replaces is not null;

create function financial.payment_is_consistent(
  status text, amount numeric, attempts integer, due_at timestamptz, transaction_id text, refunded numeric, owed numeric,
  processed_at timestamptz, replaces uuid
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    amount >= 0
    and attempts >= 0
    and refunded >= 0
    and owed >= 0
    -- Never more back than was paid.
    and refunded + owed <= amount
    and case
      -- What is open is due some day, or nobody would ever ask for it again; what is over never is. A payment that replaces another one is held
      -- without a due time until that one, which is due, has ended.
      when status in ('REQUESTED', 'PROCESSING') then
        processed_at is null and transaction_id is null and refunded + owed = 0
        and (status = 'PROCESSING' or attempts = 0)
        and (due_at is not null or (status = 'REQUESTED' and replaces is not null))
      when due_at is not null or processed_at is null then
        false
      when status in ('FAILED', 'CANCELLED') then
        transaction_id is null and refunded + owed = 0
      when status = 'SUCCEEDED' then
        transaction_id is not null and refunded = 0
      when status = 'PARTIALLY_REFUNDED' then
        transaction_id is not null and refunded > 0
      else
        status = 'REFUNDED' and transaction_id is not null and refunded = amount and refunded > 0
    end,
    false);
end
$$;

alter table financial.payments
  drop constraint payment_is_consistent,
  add constraint payment_is_consistent check (financial.payment_is_consistent(
    status, amount, attempts, due_at, transaction_id, refunded, owed, processed_at, replaces));

drop function financial.payment_is_consistent(text, numeric, integer, timestamptz, text, numeric, numeric, timestamptz);
