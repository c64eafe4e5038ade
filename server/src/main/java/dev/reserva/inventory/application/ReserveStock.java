package dev.reserva.inventory.application;

import dev.reserva.inventory.application.Bookkeeping.OpenBook;
import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.ReserveOutcome;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reserves stock for orders by hand ({@code POST /api/inventory/stock/reserve}). Orders that are
 * placed in the shop reserve their stock in {@link FollowOrders}.
 *
 * <p>Commands are handled in their order. All lines of an order are reserved, or none; a refusal
 * changes nothing and publishes nothing.
 */
public final class ReserveStock {

  private final Bookkeeping bookkeeping;
  private final AllocationStrategy strategy;

  /**
   * @param strategy chooses the locations that hold an order's stock
   */
  public ReserveStock(
      Reservations reservations, Stocks stocks, Ids ids, AllocationStrategy strategy) {
    this.bookkeeping = new Bookkeeping(reservations, stocks, ids);
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
    Set<UUID> orders = new HashSet<>();
    Set<UUID> products = new HashSet<>();
    for (Command command : commands) {
      orders.add(command.orderId());
      command.basket().lines().stream().map(Line::productId).forEach(products::add);
    }
    OpenBook open = bookkeeping.forOrders(orders, products, tx);
    List<ReserveOutcome> outcomes = new ArrayList<>(commands.size());
    for (Command command : commands) {
      ReserveOutcome outcome =
          open.book()
              .reserve(command.orderId(), command.basket(), strategy, command.ttl(), open.now());
      if (outcome instanceof ReserveOutcome.Reserved reserved) {
        StockFacts.reserved(reserved.reservation(), reserved.crossings(), command.cause(), tx);
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }
}
