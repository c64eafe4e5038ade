-- What a payment must be is told by one function instead of thirteen checks: PostgreSQL reads and plans each check anew for every statement
-- that writes a row, a function once a session. See docs/adr/0013-rules-planned-once.md.

create function financial.payment_is_consistent(
  status text, amount numeric, attempts integer, due_at timestamptz, transaction_id text, refunded numeric, owed numeric,
  processed_at timestamptz
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
      -- What is open is due some day, or nobody would ever ask for it again; what is over never is.
      when status in ('REQUESTED', 'PROCESSING') then
        due_at is not null and processed_at is null and transaction_id is null and refunded + owed = 0
        and (status = 'PROCESSING' or attempts = 0)
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

do $$
declare
  rule record;
begin
  for rule in select conname as name from pg_constraint where conrelid = 'financial.payments'::regclass and contype = 'c' loop
    execute format('alter table financial.payments drop constraint %I', rule.name);
  end loop;
end
$$;

alter table financial.payments
  add constraint payment_is_consistent check (financial.payment_is_consistent(
    status, amount, attempts, due_at, transaction_id, refunded, owed, processed_at));
