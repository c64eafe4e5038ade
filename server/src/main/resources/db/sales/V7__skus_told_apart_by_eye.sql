-- A product is found by what its SKU looks like: sku_key is the SKU in Unicode normal form KC. The program writes it.
alter table sales.product add column sku_key text;
update sales.product set sku_key = normalize(sku, nfkc);
alter table sales.product alter column sku_key set not null;

-- Not unique: a SKU may pass from one product to another, and their events are in order only each for itself.
drop index sales.product_sku;
create index product_sku_key on sales.product (sku_key);
