-- When the erasure of a customer's personal data was requested, and when it was done. Nobody comes back from there.
alter table customers.customer
  add column erasure_requested_at timestamptz,
  add column erased_at timestamptz,
  add constraint erasure_of_the_inactive check (erasure_requested_at is null or not active),
  add constraint erasure_was_requested check (erased_at is null or erasure_requested_at is not null);
