-- The locations that inventory has told of: goods can come back to them.
create table sales.location (
  code text collate "C" primary key
);

insert into sales.location (code) values ('MAIN');

-- Where the reservation's units are held; absent if all are at MAIN.
alter table sales.order
  add column held_products uuid[],
  add column held_locations text[],
  add column held_quantities integer[],
  add constraint order_held check (
    (held_products is null and held_locations is null and held_quantities is null)
    or (cardinality(held_products) > 0 and cardinality(held_products) = cardinality(held_locations)
      and cardinality(held_products) = cardinality(held_quantities) and 0 < all (held_quantities)));
