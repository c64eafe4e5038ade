-- The PaymentIntent with which Stripe takes the money of a payment. Only the intent on record is ever confirmed, so a payment takes money once
-- even if an answer of Stripe got lost and another intent was made. A row without an intent says that the payment was abandoned before it had
-- one: none may be made any more. Empty with every other provider.
create table financial.stripe_intents (
  payment_id uuid primary key,
  intent_id  text unique check (length(intent_id) between 1 and 255),
  created_at timestamptz not null default clock_timestamp()
);
