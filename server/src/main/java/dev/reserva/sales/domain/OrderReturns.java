package dev.reserva.sales.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An order with its returns, and the rules for a further one. The order is locked, so that two
 * requests never name the same unit.
 */
public final class OrderReturns {

  /** Most returns of an order, rejected ones included: they are read with each request. */
  public static final int MOST = 100;

  private final OrderState order;
  private final List<OrderLine> lines;
  private final List<Return> known;
  private final Map<UUID, Long> arrived;

  /**
   * @param arrived units that have arrived while others of the order have not, by product
   */
  public OrderReturns(
      OrderState order, List<OrderLine> lines, List<Return> known, Map<UUID, Long> arrived) {
    this.order = order;
    this.lines = List.copyOf(lines);
    this.known = List.copyOf(known);
    this.arrived = Map.copyOf(arrived);
  }

  /** Whether some goods of an order in this state may have arrived, but not all. */
  public static boolean mayHaveArrivedInPart(OrderStatus status) {
    return status == OrderStatus.CONFIRMED || status == OrderStatus.SHIPPED;
  }

  /** The result of a request. */
  public sealed interface Answer {

    record Requested(Return goods) implements Answer {}

    /** None of its goods has arrived. */
    record NotDelivered(OrderState order) implements Answer {}

    /** These products are not in the order. */
    record NotInOrder(List<UUID> products) implements Answer {
      public NotInOrder {
        products = List.copyOf(products);
      }
    }

    /** More than was delivered and has not come back. */
    record TooMany(UUID productId, long requested, long returnable) implements Answer {}

    /** Everything has come back or is about to. */
    record NothingLeft() implements Answer {}

    /** The order has {@value OrderReturns#MOST} returns. */
    record TooManyReturns() implements Answer {}

    /** There is no such location for the goods. */
    record UnknownLocation(String location) implements Answer {}
  }

  /** Requests that units come back. */
  public Answer request(
      UUID id, ReturnedUnits units, Destination destination, String reason, Instant now) {
    boolean whole =
        order.status() == OrderStatus.DELIVERED || order.status() == OrderStatus.COMPLETED;
    if (!whole && (arrived.isEmpty() || !mayHaveArrivedInPart(order.status()))) {
      return new Answer.NotDelivered(order);
    }
    if (known.size() >= MOST) {
      return new Answer.TooManyReturns();
    }
    List<UUID> foreign = foreign(units);
    if (!foreign.isEmpty()) {
      return new Answer.NotInOrder(foreign);
    }
    Map<UUID, Long> held = held();
    Map<UUID, Money> heldTax = heldTax();
    Map<UUID, Long> delivered = whole ? Map.of() : OrderedUnits.delivered(lines, arrived);
    List<OrderLine> chosen = new ArrayList<>();
    for (OrderLine line : lines) {
      long ordered = line.quantity().value();
      long here = whole ? ordered : delivered.getOrDefault(line.productId(), 0L);
      long returnable = Math.max(0, here - held.getOrDefault(line.productId(), 0L));
      long wanted =
          units.isEverything() ? returnable : units.quantities().getOrDefault(line.productId(), 0L);
      if (wanted > returnable) {
        return new Answer.TooMany(line.productId(), wanted, returnable);
      }
      if (wanted > 0) {
        chosen.add(
            line.part(
                new Quantity((int) wanted),
                line.quantity().value() - returnable,
                heldTax.getOrDefault(line.productId(), Money.zero(line.unitPrice().currency()))));
      }
    }
    return chosen.isEmpty()
        ? new Answer.NothingLeft()
        : new Answer.Requested(Return.requested(id, order, chosen, destination, reason, now));
  }

  private List<UUID> foreign(ReturnedUnits units) {
    Set<UUID> ordered = new HashSet<>();
    lines.forEach(line -> ordered.add(line.productId()));
    return units.quantities().keySet().stream().filter(it -> !ordered.contains(it)).toList();
  }

  /** The units that other returns hold, by product. */
  private Map<UUID, Long> held() {
    Map<UUID, Long> held = new HashMap<>();
    known.stream()
        .filter(Return::holdsItsUnits)
        .flatMap(goods -> goods.lines().stream())
        .forEach(line -> held.merge(line.productId(), (long) line.quantity().value(), Long::sum));
    return held;
  }

  /** The tax of the units that other returns hold, by product. */
  private Map<UUID, Money> heldTax() {
    Map<UUID, Money> held = new HashMap<>();
    known.stream()
        .filter(Return::holdsItsUnits)
        .flatMap(goods -> goods.lines().stream())
        .forEach(line -> held.merge(line.productId(), line.taxAmount(), Money::plus));
    return held;
  }
}
