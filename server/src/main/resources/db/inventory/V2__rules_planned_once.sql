-- Rules that PostgreSQL plans once a session instead of for every statement that writes a row: of one column in a domain, of several in a
-- function. See docs/adr/0013-rules-planned-once.md.

alter table inventory.stock
  drop constraint stock_physical_check,
  drop constraint stock_reserved_check,
  drop constraint stock_not_oversold,
  add constraint stock_not_oversold check (reserved between 0 and physical);

create function inventory.reservation_is_consistent(
  status text, product_ids uuid[], quantities integer[], expires_at timestamptz, ended_at timestamptz, renewals smallint,
  returned_at timestamptz
) returns boolean language plpgsql immutable parallel safe as $$
begin
  return coalesce(
    cardinality(product_ids) = cardinality(quantities)
    and 0 < all (quantities)
    and renewals between 0 and 1
    and case status
      when 'RESERVED' then ended_at is null and cardinality(product_ids) > 0 and returned_at is null
      when 'CONFIRMED' then (ended_at < expires_at or (ended_at is not null and renewals > 0)) and cardinality(product_ids) > 0
      when 'EXPIRED' then ended_at is not null and cardinality(product_ids) > 0 and returned_at is null
      -- Without lines it is a tombstone: its order was cancelled before anything was reserved.
      when 'RELEASED' then ended_at is not null and returned_at is null
    end,
    false);
end
$$;

do $$
declare
  rule record;
begin
  for rule in select conname as name from pg_constraint where conrelid = 'inventory.reservation'::regclass and contype = 'c' loop
    execute format('alter table inventory.reservation drop constraint %I', rule.name);
  end loop;
end
$$;

alter table inventory.reservation
  add constraint reservation_is_consistent check (inventory.reservation_is_consistent(
    status, product_ids, quantities, expires_at, ended_at, renewals, returned_at));

create domain inventory.movement as text
  check (value in ('received', 'adjusted', 'reserved', 'released', 'expired', 'confirmed', 'returned'));

alter table inventory.ledger
  drop constraint ledger_kind_check,
  drop constraint ledger_check,
  alter column kind type inventory.movement,
  -- A movement changes one of them at least.
  add constraint ledger_moves check ((physical_change | reserved_change) <> 0);
