package dev.reserva.sales.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.NewIds;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.application.Customers.AddressSeal;
import dev.reserva.sales.domain.Basket.Pricing;
import dev.reserva.sales.domain.Order;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.ProductRef;
import dev.reserva.sales.domain.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Places orders at the catalogue's prices. Orders of many buyers are placed together, in as many
 * statements as one.
 */
public final class PlaceOrders {

  private final Orders orders;
  private final Products products;
  private final Customers customers;
  private final OrderNumbers numbers;
  private final Ids ids;

  public PlaceOrders(
      Orders orders, Products products, Customers customers, OrderNumbers numbers, Ids ids) {
    this.orders = orders;
    this.products = products;
    this.customers = customers;
    this.numbers = numbers;
    this.ids = ids;
  }

  /** The result of one buyer's request. */
  public sealed interface Outcome {
    record Placed(PlacedOrder order) implements Outcome {}

    /** This order is not placed; the others of the group are. */
    record Refused(Refusal refusal) implements Outcome {}
  }

  /**
   * @return one outcome per request, in their order
   */
  public List<Outcome> place(List<OrderRequest> requests, UnitOfWork tx) {
    var refs = new LinkedHashSet<ProductRef>();
    var buyers = new LinkedHashSet<UUID>();
    for (OrderRequest request : requests) {
      buyers.add(request.customerId());
      refs.addAll(request.basket().products());
    }
    Map<UUID, AddressSeal> seals = seals(requests, tx);
    Supplier<Map<UUID, Boolean>> asked = customers.active(buyers, tx);
    Supplier<Iterator<OrderNumber>> drawn = numbers.draw(requests.size(), tx);
    Map<ProductRef, Product> catalogue = products.find(refs, tx);
    Map<UUID, Boolean> active = asked.get();
    Iterator<OrderNumber> free = drawn.get();
    Instant now = tx.now();

    var placed = new ArrayList<Orders.New>(requests.size());
    var outcomes = new ArrayList<Outcome>(requests.size());
    for (OrderRequest request : requests) {
      String address = sealed(request, seals);
      outcomes.add(place(request, address, active, catalogue, free, now, placed, tx));
    }
    if (!placed.isEmpty()) {
      orders.add(placed, tx);
    }
    return outcomes;
  }

  /** Most orders have no address, and need no key. */
  private Map<UUID, AddressSeal> seals(List<OrderRequest> requests, UnitOfWork tx) {
    List<UUID> addressed =
        requests.stream()
            .filter(request -> request.shippingAddress() != null)
            .map(OrderRequest::customerId)
            .distinct()
            .toList();
    return addressed.isEmpty() ? Map.of() : customers.seals(addressed, tx);
  }

  private static @Nullable String sealed(OrderRequest request, Map<UUID, AddressSeal> seals) {
    String address = request.shippingAddress();
    AddressSeal seal = seals.get(request.customerId());
    return address == null || seal == null ? null : seal.seal(address);
  }

  private Outcome place(
      OrderRequest request,
      @Nullable String address,
      Map<UUID, Boolean> active,
      Map<ProductRef, Product> catalogue,
      Iterator<OrderNumber> free,
      Instant now,
      List<Orders.New> placed,
      UnitOfWork tx) {
    Boolean mayOrder = active.get(request.customerId());
    if (mayOrder == null) {
      return new Outcome.Refused(new Refusal.UnknownCustomer(request.customerId()));
    }
    if (!mayOrder) {
      return new Outcome.Refused(new Refusal.InactiveCustomer(request.customerId()));
    }
    return switch (request.basket().price(catalogue::get)) {
      case Pricing.Priced priced -> {
        Order order =
            Order.place(
                ids.next(),
                free.next(),
                request.customerId(),
                priced.total(),
                request.payment(),
                address,
                request.draft(),
                request.cause().correlationId(),
                now);
        NewIds.add(order.id(), tx);
        placed.add(new Orders.New(order, priced.lines(), request.requestKey()));
        if (order.status() == OrderStatus.PENDING) {
          announce(order, priced.lines(), request, tx);
        }
        yield new Outcome.Placed(new PlacedOrder(order.state(), priced.lines()));
      }
      case Pricing.Impossible why -> new Outcome.Refused(Refusal.of(why));
    };
  }

  private static void announce(
      Order order, List<OrderLine> lines, OrderRequest request, UnitOfWork tx) {
    Step step = new Step(null, order.status(), null);
    Announcements.step(order.state(), step, lines, request.cause(), tx);
  }
}
