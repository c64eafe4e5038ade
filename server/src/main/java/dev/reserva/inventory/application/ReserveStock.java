package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.Shortage;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reserves stock for orders by hand ({@code POST /api/inventory/stock/reserve}). Orders that are
 * placed in the shop reserve their stock in {@link FollowOrders}.
 *
 * <p>Commands are handled in their order. A bundle is reserved as the parts that it has now. All
 * lines of an order are reserved, or none; a refusal changes nothing and publishes nothing.
 */
public final class ReserveStock {

  private final Bookkeeping bookkeeping;
  private final Bundles bundles;
  private final AllocationStrategy strategy;

  /**
   * @param strategy chooses the locations that hold an order's stock
   */
  public ReserveStock(
      Reservations reservations,
      Stocks stocks,
      Bundles bundles,
      Ids ids,
      AllocationStrategy strategy) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
    this.bundles = bundles;
    this.strategy = strategy;
  }

  /** One caller's command. */
  public record Command(UUID orderId, Basket basket, TimeToLive ttl, Cause cause) {}

  /**
   * @return one outcome per command, in their order
   * @throws ConcurrentReservation if another transaction has reserved for one of the orders
   *     meanwhile
   */
  public List<ReserveOutcome> reserve(List<Command> commands, UnitOfWork tx) {
    Map<UUID, Bundles.Offer> offers = bundles.of(products(commands), tx);
    List<Wanted> wanted = commands.stream().map(command -> Wanted.of(command, offers)).toList();
    Set<UUID> orders = new HashSet<>();
    Set<UUID> products = new HashSet<>();
    for (Wanted one : wanted) {
      orders.add(one.command().orderId());
      one.units().lines().stream().map(Line::productId).forEach(products::add);
    }
    OpenBook open = bookkeeping.forOrders(orders, products, tx);
    List<ReserveOutcome> outcomes = new ArrayList<>(commands.size());
    for (Wanted one : wanted) {
      ReserveOutcome outcome = reserve(one, open);
      if (outcome instanceof ReserveOutcome.Reserved reserved) {
        StockFacts.reserved(
            reserved.reservation(), reserved.crossings(), one.command().cause(), tx);
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private static Set<UUID> products(List<Command> commands) {
    Set<UUID> products = new HashSet<>();
    commands.forEach(
        command -> command.basket().lines().forEach(line -> products.add(line.productId())));
    return products;
  }

  private ReserveOutcome reserve(Wanted wanted, OpenBook open) {
    Command command = wanted.command();
    boolean known = open.book().reservationOf(command.orderId()).isPresent();
    return known || wanted.isPossible()
        ? open.book()
            .reserve(command.orderId(), wanted.units(), strategy, command.ttl(), open.now())
        : new ReserveOutcome.FellShort(wanted.uncountable(), List.of(), wanted.inactive());
  }

  /**
   * What a command asks for.
   *
   * @param units of the products and of the parts of bundles; those of the command itself if it is
   *     not possible
   * @param inactive bundles that can no longer be ordered
   * @param uncountable parts of which bundles need more units than any stock can have
   */
  private record Wanted(
      Command command, Basket units, List<UUID> inactive, List<Shortage> uncountable) {

    static Wanted of(Command command, Map<UUID, Bundles.Offer> offers) {
      List<Bundle.Ordered> ordered = new ArrayList<>();
      List<UUID> inactive = new ArrayList<>();
      Map<UUID, Long> needed = new HashMap<>();
      for (Line line : command.basket().lines()) {
        Bundles.Offer offer = offers.get(line.productId());
        Bundle bundle = offer == null ? Bundle.NONE : offer.bundle();
        ordered.add(new Bundle.Ordered(line, bundle));
        bundle
            .parts()
            .forEach(part ->
                needed.merge(
                    part.productId(), (long) part.quantity() * line.quantity(), Long::sum));
        if (offer == null) {
          needed.merge(line.productId(), (long) line.quantity(), Long::sum);
        } else if (!offer.active()) {
          inactive.add(line.productId());
        }
      }
      List<Shortage> uncountable = new ArrayList<>();
      needed.forEach((product, units) -> {
        if (units > Integer.MAX_VALUE) {
          uncountable.add(new Shortage(product, Integer.MAX_VALUE, 0));
        }
      });
      return new Wanted(
          command,
          uncountable.isEmpty() ? Basket.of(Bundle.unitsOf(ordered)) : command.basket(),
          inactive,
          uncountable);
    }

    boolean isPossible() {
      return inactive.isEmpty() && uncountable.isEmpty();
    }
  }
}
