-- What customers owe for their orders: one row per order, inserted with the order and written once more when it is closed. Its id is the
-- order's id, which spares an index.
create function financial.receivable_is_consistent(
  status text, amount numeric, settled numeric, refunded numeric, closed_at timestamptz
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    amount >= 0
    and refunded >= 0
    -- Never more back than was taken.
    and refunded <= settled
    and case
      when status = 'OPEN' then closed_at is null
      when status = 'SETTLED' then closed_at is not null and settled >= amount
      else status = 'CANCELLED' and closed_at is not null
    end,
    false);
end
$$;

create table financial.receivables (
  id          uuid           primary key,
  customer_id uuid           not null,
  amount      numeric(19, 4) not null,
  currency    text           not null,
  status      text           not null,
  settled     numeric(19, 4) not null,
  refunded    numeric(19, 4) not null,
  due_at      timestamptz,
  opened_at   timestamptz    not null,
  closed_at   timestamptz,

  constraint receivable_is_consistent check (
    financial.receivable_is_consistent(status, amount, settled, refunded, closed_at))
) with (fillfactor = 50);

-- Every change of a receivable's money; its amounts are the sums. No query looks a row up, so there is no index: the rows are in the order
-- in which they were written.
create domain financial.receivable_entry as text check (value in ('opened', 'settled', 'cancelled', 'refunded'));

create domain financial.ledger_amount as numeric(19, 4) check (value >= 0);

create table financial.receivable_ledger (
  receivable_id uuid                       not null,
  kind          financial.receivable_entry not null,
  amount        financial.ledger_amount    not null,
  source_id     uuid, -- the payment or the refund
  at            timestamptz                not null
);

-- Orders of earlier versions. The receivable of an order whose payment captured money in time is settled, of another one whose payment is
-- unwanted cancelled: its order is dead. Money that came too late has a refund that says so.
insert into financial.receivables (id, customer_id, amount, currency, status, settled, refunded, due_at, opened_at, closed_at)
with judged as (
  select p.*, p.transaction_id is not null and not exists (
      select from financial.refunds r where r.payment_id = p.id and r.reason = 'captured_too_late') as pays
  from financial.payments p),
ordered as (
  select order_id, customer_id, amount, currency,
    bool_or(pays) as paid,
    bool_or(unwanted and replaced_by is null) as dead,
    coalesce(sum(amount) filter (where transaction_id is not null), 0) as settled,
    sum(refunded) as refunded,
    max(pay_by) filter (where waiting and replaced_by is null) as due_at,
    min(created_at) as opened_at,
    min(processed_at) filter (where pays) as paid_at,
    max(processed_at) as processed_at
  from judged group by order_id, customer_id, amount, currency)
select order_id, customer_id, amount, currency,
  case when paid then 'SETTLED' when dead then 'CANCELLED' else 'OPEN' end,
  settled, refunded, due_at, opened_at,
  case when paid then paid_at when dead then coalesce(processed_at, now()) end
from ordered;

-- Orders that wait to be told how they are paid.
insert into financial.receivables (id, customer_id, amount, currency, status, settled, refunded, opened_at)
select order_id, customer_id, amount, currency, 'OPEN', 0, 0, now()
from financial.order_notes where customer_id is not null
on conflict do nothing;

insert into financial.receivable_ledger (receivable_id, kind, amount, source_id, at)
select * from (
  select id, 'opened', amount, null::uuid, opened_at from financial.receivables
  union all
  select id, 'cancelled', amount, null, closed_at from financial.receivables where status = 'CANCELLED'
  union all
  select order_id, 'settled', amount, id, processed_at from financial.payments where transaction_id is not null
  union all
  select p.order_id, 'refunded', r.amount, r.id, r.done_at
  from financial.refunds r join financial.payments p on p.id = r.payment_id where r.done_at is not null) entry (id, kind, amount, source_id, at)
order by at;

-- The receivables of a customer. They have ids in the order of time, so it is enough to know of each 64 pages, roughly, whose they are.
create index receivables_of_customer on financial.receivables using brin (customer_id uuid_bloom_ops)
  with (pages_per_range = 64, autosummarize = on);

-- For lists of all but the settled ones, and for what is overdue.
create index receivables_not_settled on financial.receivables (status, id) where status <> 'SETTLED';

create function financial.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'financial.receivable_ledger is append-only: % is refused', tg_op;
end
$$;

create trigger append_only before update or delete or truncate on financial.receivable_ledger
  for each statement execute function financial.refuse_change();
