-- In which a customer wants to be written to; null for the shop's own language.
alter table customers.customer
  add column language text,
  add constraint language_is_known check (language in ('en', 'pt', 'es'));
