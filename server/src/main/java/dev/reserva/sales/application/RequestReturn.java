package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Destination;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderReturns;
import dev.reserva.sales.domain.ReturnedUnits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests that goods of an order come back that have arrived. The order is locked, so that
 * requests that run at once together name no more units than were delivered.
 */
public final class RequestReturn {

  private final Orders orders;
  private final Returns returns;
  private final Locations locations;
  private final Ids ids;

  public RequestReturn(Orders orders, Returns returns, Locations locations, Ids ids) {
    this.orders = orders;
    this.returns = returns;
    this.locations = locations;
    this.ids = ids;
  }

  /**
   * @param scope the orders that the caller may see
   */
  public record Command(
      UUID orderId,
      Scope scope,
      ReturnedUnits units,
      Destination destination,
      String reason,
      Cause cause) {}

  /**
   * @return the answer; empty if there is no such order within the scope
   */
  public Optional<OrderReturns.Answer> request(Command command, UnitOfWork tx) {
    Optional<Order> locked = orders.lock(command.orderId(), command.scope(), tx);
    return locked.map(order -> {
      if (!locations.exists(command.destination().location(), tx)) {
        return new OrderReturns.Answer.UnknownLocation(command.destination().location());
      }
      List<OrderLine> lines =
          orders.lines(List.of(order.id()), tx).get().getOrDefault(order.id(), List.of());
      Map<UUID, Long> arrived =
          OrderReturns.mayHaveArrivedInPart(order.status())
              ? returns.arrivedOf(order.id(), tx)
              : Map.of();
      var known = new OrderReturns(order.state(), lines, returns.ofOrder(order.id(), tx), arrived);
      OrderReturns.Answer answer =
          known.request(
              ids.next(), command.units(), command.destination(), command.reason(), tx.now());
      if (answer instanceof OrderReturns.Answer.Requested requested) {
        returns.add(requested.goods(), tx);
        ReturnFacts.requested(requested.goods(), command.cause(), tx);
      }
      return answer;
    });
  }
}
