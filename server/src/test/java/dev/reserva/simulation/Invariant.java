package dev.reserva.simulation;

/** The invariants of every schedule. */
public enum Invariant {
  STOCK_ADDS_UP(
      "stock = sum of its ledger, reserved = sum of open reservations, 0 <= reserved <= stock"),
  RESERVATION_COVERS_THE_LINES("an order's reservation covers exactly its lines, or there is none"),
  RESERVATION_ENDS_ONCE(
      "a reservation ends once, and is never confirmed after its expiry without a renewal"),
  ORDER_STOCK_AND_MONEY_AGREE(
      "CONFIRMED or later <=> reservation CONFIRMED <=> exactly the total is captured; dead => nothing kept, nothing held"),
  STEPS_ARE_EDGES(
      "each step is an edge of the transition table, and the order's state is its last one"),
  NO_ORDER_STAYS_UNDER_WAY(
      "no order stays under way past its deadline, unless behind an open dead letter"),
  DELIVERIES_ARE_COUNTED(
      "cursor <= end; handled + parked + discarded = delivered; what is parked has a head"),
  EFFECTS_ONCE_AND_IN_ORDER(
      "an event takes effect once in a subscription, and in order within its key"),
  ONE_ORDER_PER_KEY("one order per idempotency key"),
  ACKNOWLEDGED_ORDERS_LIVE("an order that was acknowledged is there, and is the one acknowledged"),
  HOLDS_ARE_LIMITED(
      "a customer's own login has no more unpaid orders, and no more units in them, than allowed"),
  NOTHING_IS_SHIPPED_WRONGLY(
      "an order's shipments contain exactly its lines, no unit leaves twice, and nothing leaves after a cancellation"),
  ORDER_AND_SHIPMENTS_AGREE(
      "an order is SHIPPED once all has left, DELIVERED once all has arrived; dead => every shipment ended"),
  RETURNS_ADD_UP(
      "no more comes back than was ordered, and each return that is received restocks and refunds once"),
  BOOKS_EQUAL_THE_PROVIDER("financial's books say what the provider's ledger says"),
  RECEIVABLES_ADD_UP("receivables add up to their ledger, to orders, payments and refunds"),
  NO_SURPRISES("nothing throws but what was made to fail");

  private final String meaning;

  Invariant(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }
}
