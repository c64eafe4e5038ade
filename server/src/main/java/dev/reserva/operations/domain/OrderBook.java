package dev.reserva.operations.domain;

import dev.reserva.contracts.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What sales, inventory and financial hold of one order at one moment, and whether they agree
 * (invariants 2 and 4).
 *
 * <p>Some of it must hold in every snapshot, because the service that comes later in the order's
 * way only acts upon what an earlier one has committed. The rest holds once every event of the
 * order has arrived.
 *
 * @param status the order's state in sales
 * @param lines product and quantity, as sold
 * @param holding its reservation, if there ever was one
 * @param takings its money, if financial knows of it
 */
public record OrderBook(
    UUID id,
    String status,
    Money total,
    Map<UUID, Integer> lines,
    @Nullable Holding holding,
    @Nullable Takings takings) {

  private static final Set<String> CONFIRMED_OR_LATER =
      Set.of("CONFIRMED", "SHIPPED", "DELIVERED", "COMPLETED");
  private static final Set<String> DEAD = Set.of("CANCELLED", "FAILED");
  private static final String DRAFT = "DRAFT";
  private static final String PAID = "PAID";

  public OrderBook {
    lines = Map.copyOf(lines);
  }

  /**
   * @param status RESERVED, CONFIRMED, RELEASED or EXPIRED
   * @param returned whether confirmed goods came back into stock
   */
  public record Holding(String status, boolean returned, Map<UUID, Integer> lines) {
    public Holding {
      lines = Map.copyOf(lines);
    }

    private boolean isConfirmed() {
      return status.equals("CONFIRMED");
    }
  }

  /**
   * @param captured taken from the buyer
   * @param refunded given back
   * @param owed refunds on record that are not yet done
   */
  public record Takings(Money captured, Money refunded, Money owed) {

    /** What stays with the shop when every refund is done; absent if more than all is refunded. */
    private @Nullable Money kept() {
      Money back = refunded.plus(owed);
      return back.compareTo(captured) > 0 ? null : captured.minus(back);
    }
  }

  /** What is wrong whatever is still under way; empty when nothing is. */
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
    if (CONFIRMED_OR_LATER.contains(status)) {
      if (holding == null) {
        found.add("it has no reservation");
      } else if (!holding.isConfirmed()) {
        found.add("its reservation is " + holding.status());
      } else if (holding.returned()) {
        found.add("its goods are back in stock");
      }
    }
    if ((CONFIRMED_OR_LATER.contains(status) || status.equals(PAID))
        && captured().compareTo(total) < 0) {
      found.add("%s was captured for a total of %s".formatted(captured(), total));
    }
    return found.stream().map(this::about).toList();
  }

  /** What is wrong unless an event of the order has still to arrive; empty when nothing is. */
  public List<String> leftovers() {
    List<String> found = new ArrayList<>();
    if (DEAD.contains(status)) {
      if (holding != null && holding.status().equals("RESERVED")) {
        found.add("its stock is still reserved");
      }
      if (holding != null && holding.isConfirmed() && !holding.returned()) {
        found.add("its goods did not come back into stock");
      }
      Money kept = takings == null ? null : takings.kept();
      if (kept != null && !kept.isZero()) {
        found.add("%s was captured and is neither refunded nor owed".formatted(kept));
      }
    } else if (!CONFIRMED_OR_LATER.contains(status)
        && holding != null
        && holding.isConfirmed()
        && !total.isZero()
        && captured().compareTo(total) == 0) {
      found.add("its goods and its money are taken, but it is not confirmed");
    }
    return found.stream().map(this::about).toList();
  }

  private Money captured() {
    return takings == null ? Money.zero(total.currency()) : takings.captured();
  }

  private String about(String finding) {
    return "order %s is %s, and %s".formatted(id, status, finding);
  }
}
