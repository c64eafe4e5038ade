-- The number by which people name an order. It is drawn in blocks of a thousand, so that an order costs no statement for it; what a block has
-- left when its process ends is lost, so numbers have gaps. Orders that exist already are numbered in the order in which they were made.

create sequence sales.order_number as bigint increment by 1000;

alter table sales.order add column number bigint;

-- The fill factor leaves room for the new version of each row on its page.
update sales.order o set number = n.number
from (select id, row_number() over (order by id) as number from sales.order) n
where n.id = o.id;

select setval('sales.order_number', (select coalesce(max(number), 0) + 1 from sales.order), false);

alter table sales.order alter column number set not null;

-- An order is found by its number, and no number is given twice.
create unique index order_by_number on sales.order (number);
