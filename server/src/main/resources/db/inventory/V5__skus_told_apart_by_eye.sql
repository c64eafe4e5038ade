-- Two SKUs that look alike are one: sku_key is the SKU in Unicode normal form KC, and unique. The program writes it.
-- Products that are alike already stay as they are: the oldest gets the key, and each other a key of its own that no SKU can have.
alter table inventory.product add column sku_key text;

update inventory.product p
set sku_key = case when k.place = 1 then k.key else k.key || E'\n' || p.id end
from (select id, normalize(sku, nfkc) as key, row_number() over (partition by normalize(sku, nfkc) order by id) as place
      from inventory.product) k
where k.id = p.id;

alter table inventory.product
  alter column sku_key set not null,
  add constraint product_sku_key_key unique (sku_key);

-- Text in normal form C, as the program writes it from now on, so that a search finds it in whatever form it was typed.
update inventory.product
set name = normalize(name, nfc), description = normalize(description, nfc), category = normalize(category, nfc)
where name is not nfc normalized or description is not nfc normalized or category is not nfc normalized;

-- A name of nothing but what cannot be seen is none.
update inventory.product
set name = sku
where name !~ '[^[:space:]\u0085\u00a0\u00ad\u1680\u180e\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]';
