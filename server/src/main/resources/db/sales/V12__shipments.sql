-- What sales knows of an order's shipments: the one that moved last, and how much has not left. Absent until logistics tells of one. These
-- columns change after an order is CONFIRMED, and no index has them.
create domain sales.shipment_status as text
  check (value in ('PREPARING', 'DISPATCHED', 'DELIVERED', 'CANCELLED', 'RETURNED'));

alter table sales.order
  add column shipment_id uuid,
  add column shipment_status sales.shipment_status,
  add column shipment_open integer,
  add column shipment_revision integer;
