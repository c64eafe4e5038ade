-- What the provider and the books disagree about, until a person has decided it; and what was decided.
create table financial.reviews (
  id         uuid           primary key,
  kind       text           not null,
  subject    uuid           not null, -- the refund or the payment
  payment_id uuid,
  order_id   uuid,
  amount     numeric(19, 4),
  currency   text,
  detail     text           not null,
  times      integer        not null,
  opened_at  timestamptz    not null,
  last_at    timestamptz    not null,
  decision   text,
  reason     text,
  decided_by text,
  decided_at timestamptz,

  constraint reviews_amount_has_currency check ((amount is null) = (currency is null)),
  constraint reviews_decided_as_a_whole check (num_nulls(decision, reason, decided_by, decided_at) in (0, 4))
);

-- What is seen again while it is open is counted.
create unique index reviews_open on financial.reviews (kind, subject) where decision is null;

-- Whether a person has given the money back by another way than the provider.
alter table financial.refunds add column outside boolean not null default false;
