package dev.reserva.inventory.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** Inventory's invariants, each counted by one statement. */
public final class PostgresIntegrity {

  private static final String STOCK_EQUALS_LEDGER =
      """
      with ledger as (
        select product_id, sum(physical_change) as physical, sum(reserved_change) as reserved
        from inventory.ledger group by product_id),
      judged as (
        select product_id, s.physical, s.reserved,
          coalesce(l.physical, 0) as ledger_physical, coalesce(l.reserved, 0) as ledger_reserved
        from inventory.stock s full join ledger l using (product_id)),
      broken as (
        select format('product %s: stock %s, reserved %s, but its ledger says %s and %s', product_id,
            physical, reserved, ledger_physical, ledger_reserved) as violation
        from judged
        where (physical, reserved) is distinct from (ledger_physical, ledger_reserved))
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String RESERVED_EQUALS_OPEN_RESERVATIONS =
      """
      with held as (
        select line.product_id, sum(line.quantity) as quantity
        from inventory.reservation r, unnest(r.product_ids, r.quantities) as line (product_id, quantity)
        where r.status = 'RESERVED'
        group by line.product_id),
      judged as (
        select product_id, s.reserved, coalesce(h.quantity, 0) as held
        from inventory.stock s full join held h using (product_id)),
      broken as (
        select format('product %s: reserved %s, but open reservations hold %s', product_id, reserved,
            held) as violation
        from judged where reserved is distinct from held)
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String RESERVED_WITHIN_STOCK =
      """
      with broken as (
        select format('product %s: stock %s, reserved %s', product_id, physical, reserved) as violation
        from inventory.stock where reserved < 0 or reserved > physical)
      select (select count(*) from inventory.stock) as checked,
        (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  // Each line of an order is held once by 'reserved' and once more by a renewal, and let go once
  // for
  // each: so the ledger of an order that has ended has as many endings as beginnings.
  private static final String RESERVATIONS_END_ONCE =
      """
      with story as (
        select order_id,
          count(*) filter (where kind = 'reserved') as begun,
          count(*) filter (where kind in ('released', 'expired', 'confirmed')) as ended,
          count(*) filter (where kind = 'confirmed') as confirmed,
          coalesce(sum(physical_change) filter (where kind = 'returned'), 0) as returned
        from inventory.ledger where order_id is not null group by order_id),
      back as (
        select r.order_id, sum(units.n) as restocked
        from inventory.return r, lateral (select sum(quantity) as n from unnest(r.quantities) quantity) units
        where r.restocked
        group by r.order_id),
      judged as (
        select r.*, cardinality(r.product_ids) as lines, coalesce(s.begun, 0) as begun,
          coalesce(s.ended, 0) as ended, coalesce(s.confirmed, 0) as confirmed,
          coalesce(s.returned, 0) as returned, coalesce(b.restocked, 0) as restocked,
          (select sum(quantity) from unnest(r.quantities) quantity) as units
        from inventory.reservation r full join story s using (order_id) left join back b using (order_id)),
      broken as (
        select format('order %s: %s, ended %s, expiry %s, renewals %s; ledger: %s begun, %s ended, '
            '%s confirmed for %s lines, %s units returned for %s taken back', order_id, status, ended_at,
            expires_at, renewals, begun, ended, confirmed, lines, returned, restocked) as violation
        from judged
        where id is null
          or (status = 'CONFIRMED' and ended_at >= expires_at and renewals = 0)
          or begun <> lines * (1 + renewals)
          or ended <> case when status = 'RESERVED' then 0 else begun end
          or confirmed <> case when status = 'CONFIRMED' then lines else 0 end
          or returned <> restocked + case when returned_at is null then 0 else units end)
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private PostgresIntegrity() {}

  /** For each product: stock and reserved are the sums of its ledger. */
  public static IntegrityCheck stockEqualsLedger() {
    return IntegrityCheck.bySql("inventory.stock-equals-ledger", STOCK_EQUALS_LEDGER);
  }

  /** For each product: reserved is what its open reservations hold. */
  public static IntegrityCheck reservedEqualsOpenReservations() {
    return IntegrityCheck.bySql(
        "inventory.reserved-equals-open-reservations", RESERVED_EQUALS_OPEN_RESERVATIONS);
  }

  /** For each product: 0 ≤ reserved ≤ stock. */
  public static IntegrityCheck reservedWithinStock() {
    return IntegrityCheck.bySql("inventory.reserved-within-stock", RESERVED_WITHIN_STOCK);
  }

  /** A reservation ends once, and is never CONFIRMED after its expiry without a renewal. */
  public static IntegrityCheck reservationsEndOnce() {
    return IntegrityCheck.bySql("inventory.reservations-end-once", RESERVATIONS_END_ONCE);
  }
}
