package dev.reserva.logistics.adapters.postgres;

import dev.reserva.platform.integrity.IntegrityCheck;

/** Logistics' invariants, each counted by one statement. */
public final class ShipmentIntegrity {

  private static final String SHIPPED_EQUALS_ORDERED =
      """
      with line as (
        select s.order_id, s.location, line.product_id, sum(line.quantity) as shipped,
          min(line.ordered) as ordered, max(line.ordered) as most
        from logistics.shipment s,
          unnest(s.product_ids, s.ordered, s.quantities) as line (product_id, ordered, quantity)
        group by s.order_id, s.location, line.product_id),
      broken as (
        select format('order %s: %s units of product %s are in its shipments from %s, %s are ordered',
            order_id, shipped, product_id, location, ordered) as violation
        from line where shipped <> ordered or ordered <> most)
      select (select count(*) from line) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  // One shipment that was ended tells that the order is cancelled.
  private static final String CANCELLED_SHIPS_NOTHING =
      """
      with fulfilment as (
        select order_id, bool_or(status in ('CANCELLED', 'RETURNED')) as cancelled,
          bool_or(cardinality(product_ids) = 0) and count(*) > 1 as revived,
          array_agg(status::text order by part) as statuses
        from logistics.shipment group by order_id),
      broken as (
        select format('order %s is cancelled, its shipments are %s', order_id, statuses) as violation
        from fulfilment
        where cancelled and (revived or statuses && array['PREPARING', 'DISPATCHED', 'DELIVERED']))
      select (select count(*) from fulfilment) as checked, (select count(*) from broken) as violated,
        array(select violation from broken limit ?) as violations
      """;

  private ShipmentIntegrity() {}

  /** The shipments of an order contain exactly what their locations hold for it. */
  public static IntegrityCheck shippedEqualsOrdered() {
    return IntegrityCheck.bySql("logistics.shipped-equals-ordered", SHIPPED_EQUALS_ORDERED);
  }

  /** The shipments of a cancelled order have all ended. */
  public static IntegrityCheck cancelledShipsNothing() {
    return IntegrityCheck.bySql("logistics.cancelled-ships-nothing", CANCELLED_SHIPS_NOTHING);
  }
}
