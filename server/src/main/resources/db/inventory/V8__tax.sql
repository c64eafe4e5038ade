-- The part of a product's net price that is owed as tax, and what the product is for the tax. Absent where a product has none.
alter table inventory.product
  add column tax_rate numeric(7, 6) check (tax_rate >= 0 and tax_rate < 1),
  add column tax_code text check (char_length(tax_code) between 1 and 50);
