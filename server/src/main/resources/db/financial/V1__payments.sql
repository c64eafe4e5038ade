-- The money of orders: one row per order, written when the order can be paid and once more when the
-- provider has answered.
create table financial.payments (
  id              uuid           primary key, -- also the idempotency key with the provider
  order_id        uuid           not null unique,
  customer_id     uuid           not null,
  amount          numeric(19, 4) not null check (amount >= 0),
  currency        text           not null,
  method          text           not null,
  token           text,
  status          text           not null,
  waiting         boolean        not null,
  order_cancelled boolean        not null,
  attempts        integer        not null check (attempts >= 0),
  due_at          timestamptz,
  settled_by      text,
  transaction_id  text,
  failure         text,
  refunded        numeric(19, 4) not null check (refunded >= 0),
  owed            numeric(19, 4) not null check (owed >= 0),
  created_at      timestamptz    not null,
  processed_at    timestamptz,
  correlation_id  text           not null,
  causation_id    uuid,
  traceparent     text,
  tracestate      text,

  constraint payments_status check (status in (
    'REQUESTED', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
  -- What is open is due some day, or nobody would ever ask for it again; what is over never is.
  constraint payments_open_is_due check ((status in ('REQUESTED', 'PROCESSING')) = (due_at is not null)),
  constraint payments_asked check ((status = 'REQUESTED') <= (attempts = 0)),
  constraint payments_captured check (
    (status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')) = (transaction_id is not null)),
  constraint payments_processed check (
    (status in ('REQUESTED', 'PROCESSING')) = (processed_at is null)),
  constraint payments_never_back_more_than_paid check (refunded + owed <= amount),
  constraint payments_nothing_back_unless_paid check (refunded + owed = 0 or transaction_id is not null),
  constraint payments_refunded check (
    (status in ('PARTIALLY_REFUNDED', 'REFUNDED')) = (refunded > 0)),
  constraint payments_wholly_refunded check ((status = 'REFUNDED') <= (refunded = amount))
);

-- Holds the open payments only: what the worker claims from. It makes the two updates of a payment's
-- life cold ones, which costs less than rows in a queue of their own would.
create index payments_due on financial.payments (due_at) where due_at is not null;

-- For lists of the rare ends of a payment.
create index payments_ended_otherwise on financial.payments (status, id)
  where status in ('FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED');

-- Promises of money back; a row without done_at is owed.
create table financial.refunds (
  id             uuid           primary key, -- also the idempotency key with the provider
  payment_id     uuid           not null references financial.payments,
  amount         numeric(19, 4) not null check (amount > 0),
  currency       text           not null,
  reason         text,
  attempts       integer        not null check (attempts >= 0),
  due_at         timestamptz,
  created_at     timestamptz    not null,
  done_at        timestamptz,
  correlation_id text           not null,
  causation_id   uuid,
  traceparent    text,
  tracestate     text,

  constraint refunds_owed_is_due check ((done_at is null) = (due_at is not null))
);

create index refunds_due on financial.refunds (due_at) where due_at is not null;
create index refunds_of_payment on financial.refunds (payment_id);

-- Orders without a payment: such as wait to be told how they are paid (with customer and amount),
-- and such as died before they could be paid (without).
create table financial.order_notes (
  order_id    uuid primary key,
  customer_id uuid,
  amount      numeric(19, 4),
  currency    text,

  constraint order_notes_whole check (num_nulls(customer_id, amount, currency) in (0, 3))
);

-- Webhooks that took effect within the last hour.
create table financial.webhooks (
  id          text        primary key,
  received_at timestamptz not null
);
