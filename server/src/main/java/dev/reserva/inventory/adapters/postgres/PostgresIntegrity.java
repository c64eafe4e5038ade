package dev.reserva.inventory.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** Inventory's invariants, each counted by one statement. */
public final class PostgresIntegrity {

  private static final String STOCK_EQUALS_LEDGER =
      """
      with ledger as (
        select product_id, location, sum(physical_change) as physical, sum(reserved_change) as reserved
        from inventory.ledger group by product_id, location),
      judged as (
        select product_id, location, s.physical, s.reserved,
          coalesce(l.physical, 0) as ledger_physical, coalesce(l.reserved, 0) as ledger_reserved
        from inventory.stock s full join ledger l using (product_id, location)),
      broken as (
        select format('product %s at %s: stock %s, reserved %s, but its ledger says %s and %s',
            product_id, location, physical, reserved, ledger_physical, ledger_reserved) as violation
        from judged
        where (physical, reserved) is distinct from (ledger_physical, ledger_reserved))
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String RESERVED_EQUALS_OPEN_RESERVATIONS =
      """
      with held as (
        select line.product_id, line.location, sum(line.quantity) as quantity
        from inventory.reservation r, inventory.held(r.product_ids, r.quantities, r.locations) line
        where r.status = 'RESERVED'
        group by line.product_id, line.location),
      judged as (
        select product_id, location, s.reserved, coalesce(h.quantity, 0) as held
        from inventory.stock s full join held h using (product_id, location)),
      broken as (
        select format('product %s at %s: reserved %s, but open reservations hold %s', product_id,
            location, reserved, held) as violation
        from judged where reserved is distinct from held)
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String RESERVED_WITHIN_STOCK =
      """
      with broken as (
        select format('product %s at %s: stock %s, reserved %s', product_id, location, physical,
            reserved) as violation
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

  // The sums of a location also agree if all entries of an order are of another location than the
  // lines of its reservation. So this check compares them order by order.
  private static final String GOODS_LEAVE_WHERE_THEY_ARE_HELD =
      """
      with judged as (
        select order_id, product_id, location,
          coalesce(sum(quantity), 0) as held, coalesce(sum(begun), 0) as begun,
          coalesce(sum(left_stock), 0) as left_stock, bool_or(confirmed) as confirmed,
          coalesce(max(renewals), 0) as renewals
        from (
          select r.order_id, line.product_id, line.location, line.quantity, null as begun,
            null as left_stock, r.status = 'CONFIRMED' as confirmed, r.renewals
          from inventory.reservation r, inventory.held(r.product_ids, r.quantities, r.locations) line
          union all
          select order_id, product_id, location, null,
            case when kind = 'reserved' then reserved_change end,
            case when kind = 'confirmed' then -physical_change end, null, null
          from inventory.ledger where order_id is not null and kind in ('reserved', 'confirmed')
        ) both_sides
        group by order_id, product_id, location),
      broken as (
        select format('order %s, product %s at %s: %s units held, %s entered as reserved with %s '
            'renewals, %s left', order_id, product_id, location, held, begun, renewals, left_stock)
            as violation
        from judged
        where begun <> held * (1 + renewals) or left_stock <> case when confirmed then held else 0 end)
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String TRANSFERS_BALANCE =
      """
      with due as (
        select product_id, location, sum(sent) as sent, sum(arrived) as arrived
        from (
          select product_id, from_location as location, quantity as sent,
            case when status = 'CANCELLED' then quantity else 0 end as arrived
          from inventory.transfer
          union all
          select product_id, to_location, 0, case when status = 'RECEIVED' then quantity else 0 end
          from inventory.transfer) moves
        group by product_id, location),
      entered as (
        select product_id, location,
          coalesce(-sum(physical_change) filter (where kind = 'transferred_out'), 0) as sent,
          coalesce(sum(physical_change) filter (where kind = 'transferred_in'), 0) as arrived
        from inventory.ledger where kind in ('transferred_out', 'transferred_in')
        group by product_id, location),
      judged as (
        select product_id, location, coalesce(d.sent, 0) as sent, coalesce(d.arrived, 0) as arrived,
          coalesce(e.sent, 0) as ledger_sent, coalesce(e.arrived, 0) as ledger_arrived
        from due d full join entered e using (product_id, location)),
      broken as (
        select format('product %s at %s: transfers sent %s and brought %s, but its ledger says %s and '
            '%s', product_id, location, sent, arrived, ledger_sent, ledger_arrived) as violation
        from judged where (sent, arrived) is distinct from (ledger_sent, ledger_arrived))
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private static final String AWAITED_EQUALS_WAITING_ORDERS =
      """
      with waiting as (
        select line.product_id, sum(line.quantity) as quantity
        from inventory.reservation r,
          unnest(r.awaited_products, r.awaited_quantities) as line (product_id, quantity)
        where r.status = 'RESERVED' and r.awaited_products is not null
        group by line.product_id),
      counted as (
        select product_id, sum(awaited) as awaited from inventory.stock group by product_id),
      judged as (
        select product_id, coalesce(c.awaited, 0) as awaited, coalesce(w.quantity, 0) as waiting
        from counted c full join waiting w using (product_id)),
      broken as (
        select format('product %s: awaited %s, but open reservations wait for %s', product_id, awaited,
            waiting) as violation
        from judged where awaited <> waiting)
      select (select count(*) from judged) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private PostgresIntegrity() {}

  /**
   * For each product: the units that count as awaited are those that open reservations wait for.
   */
  public static IntegrityCheck awaitedEqualsWaitingOrders() {
    return IntegrityCheck.bySql(
        "inventory.awaited-equals-waiting-orders", AWAITED_EQUALS_WAITING_ORDERS);
  }

  /** For each line of a reservation: its ledger entries are of the location that holds it. */
  public static IntegrityCheck goodsLeaveWhereTheyAreHeld() {
    return IntegrityCheck.bySql(
        "inventory.goods-leave-where-they-are-held", GOODS_LEAVE_WHERE_THEY_ARE_HELD);
  }

  /** For each product and location: what transfers moved is what the ledger says. */
  public static IntegrityCheck transfersBalance() {
    return IntegrityCheck.bySql("inventory.transfers-balance", TRANSFERS_BALANCE);
  }

  /** For each product and location: stock and reserved are the sums of its ledger. */
  public static IntegrityCheck stockEqualsLedger() {
    return IntegrityCheck.bySql("inventory.stock-equals-ledger", STOCK_EQUALS_LEDGER);
  }

  /** For each product and location: reserved is what its open reservations hold. */
  public static IntegrityCheck reservedEqualsOpenReservations() {
    return IntegrityCheck.bySql(
        "inventory.reserved-equals-open-reservations", RESERVED_EQUALS_OPEN_RESERVATIONS);
  }

  /** For each product and location: 0 ≤ reserved ≤ stock. */
  public static IntegrityCheck reservedWithinStock() {
    return IntegrityCheck.bySql("inventory.reserved-within-stock", RESERVED_WITHIN_STOCK);
  }

  /** A reservation ends once, and is never CONFIRMED after its expiry without a renewal. */
  public static IntegrityCheck reservationsEndOnce() {
    return IntegrityCheck.bySql("inventory.reservations-end-once", RESERVATIONS_END_ONCE);
  }
}
