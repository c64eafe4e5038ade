package dev.reserva.operations.domain;

import dev.reserva.contracts.Locations;
import dev.reserva.contracts.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The records of sales, inventory, financial and logistics about one order in one snapshot, and the
 * rules by which they agree (invariants 2, 4, 9 and 10).
 *
 * <p>Some rules hold in every snapshot, because a service acts only on what an earlier one has
 * committed. The others hold once every event of the order is handled.
 *
 * @param status the order's state in sales
 * @param lines quantity by product, as sold
 * @param holding its reservation; absent if there never was one
 * @param takings its money; absent if financial does not know the order
 * @param returns what comes back of it, but for what was rejected
 * @param parcels its shipments; none if logistics does not know the order, or is not asked
 */
public record OrderBook(
    UUID id,
    String status,
    Money total,
    Map<UUID, Integer> lines,
    List<Return> returns,
    @Nullable Holding holding,
    @Nullable Takings takings,
    List<Parcel> parcels) {

  static final Set<String> CONFIRMED_OR_LATER =
      Set.of("CONFIRMED", "SHIPPED", "DELIVERED", "COMPLETED");
  static final Set<String> DEAD = Set.of("CANCELLED", "FAILED");
  private static final String DRAFT = "DRAFT";
  private static final String PAID = "PAID";
  private static final String PENDING_PAYMENT = "PENDING_PAYMENT";

  public OrderBook {
    lines = Map.copyOf(lines);
    returns = List.copyOf(returns);
    parcels = List.copyOf(parcels);
  }

  /**
   * Goods that come back.
   *
   * @param status REQUESTED, APPROVED, RECEIVED or REFUNDED
   * @param refund what is to be given back
   */
  public record Return(UUID id, String status, Money refund, Map<UUID, Integer> lines) {
    public Return {
      lines = Map.copyOf(lines);
    }
  }

  /**
   * One shipment.
   *
   * @param status PREPARING, DISPATCHED, DELIVERED, CANCELLED or RETURNED
   */
  public record Parcel(String status, String location, Map<UUID, Integer> lines) {
    public Parcel {
      lines = Map.copyOf(lines);
    }
  }

  /**
   * @param status RESERVED, CONFIRMED, RELEASED or EXPIRED
   * @param returned whether confirmed goods have returned to stock
   * @param lines quantity by product, at all locations together
   * @param places quantity by product, by location; none if the default location holds all
   * @param takenBack by return, the goods that have come back
   */
  public record Holding(
      String status,
      boolean returned,
      Map<UUID, Integer> lines,
      Map<String, Map<UUID, Integer>> places,
      Map<UUID, Map<UUID, Integer>> takenBack) {
    public Holding {
      lines = Map.copyOf(lines);
      places = places.isEmpty() ? Map.of(Locations.MAIN, lines) : Map.copyOf(places);
      takenBack = Map.copyOf(takenBack);
    }

    private boolean isConfirmed() {
      return status.equals("CONFIRMED");
    }
  }

  /**
   * @param captured money captured from the buyer
   * @param refunded money refunded
   * @param owed refunds that are recorded and not yet made
   * @param receivable absent if the order has none
   * @param forReturns by return, what is given back for it or owed
   */
  public record Takings(
      Money captured,
      Money refunded,
      Money owed,
      @Nullable Receivable receivable,
      Map<UUID, Money> forReturns) {

    public Takings {
      forReturns = Map.copyOf(forReturns);
    }

    /** The money that stays after all refunds; null if the refunds exceed what was captured. */
    private @Nullable Money kept() {
      Money back = refunded.plus(owed);
      return back.compareTo(captured) > 0 ? null : captured.minus(back);
    }
  }

  /**
   * @param amount what was to be paid
   * @param status OPEN, SETTLED or CANCELLED
   */
  public record Receivable(Money amount, String status) {
    private boolean is(String other) {
      return status.equals(other);
    }
  }

  /** Violations of the rules that hold in every snapshot. */
  public List<String> contradictions() {
    List<String> found = new ArrayList<>();
    if (holding != null && !status.equals(DRAFT) && !holding.lines().equals(lines)) {
      found.add("its reservation covers other goods than its lines");
    }
    if (takings != null && takings.kept() == null) {
      found.add(
          "%s was captured, but %s is refunded and %s owed"
              .formatted(takings.captured(), takings.refunded(), takings.owed()));
    }
    if (takings != null && takings.captured().compareTo(total) > 0) {
      found.add("%s was captured for a total of %s".formatted(takings.captured(), total));
    }
    Receivable receivable = receivable();
    if (receivable != null && !status.equals(DRAFT) && !receivable.amount().equals(total)) {
      found.add("its receivable is of %s for a total of %s".formatted(receivable.amount(), total));
    }
    if (CONFIRMED_OR_LATER.contains(status)) {
      if (holding == null) {
        found.add("it has no reservation");
      } else if (!holding.isConfirmed()) {
        found.add("its reservation is " + holding.status());
      } else if (holding.returned()) {
        found.add("its goods have returned to stock");
      }
    }
    if (CONFIRMED_OR_LATER.contains(status) || status.equals(PAID)) {
      if (captured().compareTo(total) < 0) {
        found.add("%s was captured for a total of %s".formatted(captured(), total));
      } else if (receivable == null || !receivable.is("SETTLED")) {
        found.add(
            receivable == null
                ? "it has no receivable"
                : "its receivable is " + receivable.status());
      }
    }
    found.addAll(Shipping.contradictions(this));
    found.addAll(Returning.contradictions(this));
    return found.stream().map(this::about).toList();
  }

  /** Violations of the rules that hold once every event of the order is handled. */
  public List<String> leftovers() {
    List<String> found = new ArrayList<>();
    Receivable receivable = receivable();
    if (DEAD.contains(status)) {
      if (receivable != null && receivable.is("OPEN")) {
        found.add("its receivable is still open");
      }
      if (holding != null && holding.status().equals("RESERVED")) {
        found.add("its stock is still reserved");
      }
      if (holding != null && holding.isConfirmed() && !holding.returned()) {
        found.add("its goods have not returned to stock");
      }
      Money kept = takings == null ? null : takings.kept();
      if (kept != null && !kept.isZero()) {
        found.add("%s was captured and is neither refunded nor owed".formatted(kept));
      }
    } else if (status.equals(PENDING_PAYMENT) && receivable == null) {
      found.add("it has no receivable");
    } else if (!CONFIRMED_OR_LATER.contains(status)
        && holding != null
        && holding.isConfirmed()
        && !total.isZero()
        && captured().compareTo(total) == 0) {
      found.add("its goods and its money are taken, but it is not confirmed");
    }
    found.addAll(Shipping.leftovers(this));
    found.addAll(Returning.leftovers(this));
    return found.stream().map(this::about).toList();
  }

  private @Nullable Receivable receivable() {
    return takings == null ? null : takings.receivable();
  }

  private Money captured() {
    return takings == null ? Money.zero(total.currency()) : takings.captured();
  }

  private String about(String finding) {
    return "order %s is %s, and %s".formatted(id, status, finding);
  }
}
