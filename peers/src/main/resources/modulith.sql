-- What inventory has done for an order, since an event may come twice.
create table if not exists reservation (
  order_id uuid primary key,
  status   text not null check (status in ('RESERVED', 'REFUSED', 'RELEASED'))
) with (fillfactor = 80);
