package dev.reserva.sales.application;

import static java.util.Objects.requireNonNull;

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
import dev.reserva.sales.domain.TaxMode;
import dev.reserva.sales.domain.UnpaidHolds;
import dev.reserva.sales.domain.UnpaidHolds.Excess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private final LimitHolds limitHolds;
  private final Ids ids;
  private final TaxMode taxMode;

  public PlaceOrders(
      Orders orders,
      Products products,
      Customers customers,
      OrderNumbers numbers,
      LimitHolds limitHolds,
      Ids ids,
      TaxMode taxMode) {
    this.orders = orders;
    this.products = products;
    this.customers = customers;
    this.numbers = numbers;
    this.limitHolds = limitHolds;
    this.ids = ids;
    this.taxMode = taxMode;
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
    var limited = new LinkedHashSet<UUID>();
    for (OrderRequest request : requests) {
      buyers.add(request.customerId());
      refs.addAll(request.basket().products());
      if (request.isLimited()) {
        limited.add(request.customerId());
      }
    }
    Supplier<Map<UUID, Boolean>> locked = limitHolds.lock(limited, tx);
    Map<UUID, AddressSeal> seals = seals(requests, tx);
    Supplier<Map<UUID, Boolean>> asked = customers.active(buyers, tx);
    Supplier<Iterator<OrderNumber>> drawn = numbers.draw(requests.size(), tx);
    Map<ProductRef, Product> catalogue = Catalogue.find(products, refs, tx);
    Instant now = tx.now();
    Map<UUID, Boolean> verified = locked.get();
    var group =
        new Group(
            asked.get(),
            catalogue,
            verified,
            limitHolds.count(verified, wanted(requests, catalogue), now, tx),
            drawn.get(),
            now,
            new ArrayList<>(requests.size()));

    var outcomes = new ArrayList<Outcome>(requests.size());
    for (OrderRequest request : requests) {
      outcomes.add(place(request, sealed(request, seals), group, tx));
    }
    if (!group.placed.isEmpty()) {
      orders.add(group.placed, tx);
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

  /**
   * What the requests of a group share.
   *
   * @param verified by customer whose own login orders
   * @param holds by customer whose own login orders
   * @param placed the orders so far
   */
  private record Group(
      Map<UUID, Boolean> active,
      Map<ProductRef, Product> catalogue,
      Map<UUID, Boolean> verified,
      Map<UUID, UnpaidHolds> holds,
      Iterator<OrderNumber> free,
      Instant now,
      List<Orders.New> placed) {}

  /** The products of requests whose customers may hold only so many units. */
  private static Set<UUID> wanted(List<OrderRequest> requests, Map<ProductRef, Product> catalogue) {
    var wanted = new LinkedHashSet<UUID>();
    for (OrderRequest request : requests) {
      if (request.isLimited()) {
        for (ProductRef ref : request.basket().products()) {
          Product known = catalogue.get(ref);
          if (known != null) {
            wanted.add(known.id());
          }
        }
      }
    }
    return wanted;
  }

  private Outcome place(
      OrderRequest request, @Nullable String address, Group group, UnitOfWork tx) {
    Boolean mayOrder = group.active.get(request.customerId());
    // A customer that became known after the lock is not locked, and stays unknown this time.
    if (mayOrder == null
        || (request.isLimited() && !group.holds.containsKey(request.customerId()))) {
      return new Outcome.Refused(new Refusal.UnknownCustomer(request.customerId()));
    }
    if (!mayOrder) {
      return new Outcome.Refused(new Refusal.InactiveCustomer(request.customerId()));
    }
    return switch (request.basket().price(group.catalogue::get, taxMode)) {
      case Pricing.Priced priced -> place(request, address, priced, group, tx);
      case Pricing.Impossible why -> new Outcome.Refused(Refusal.of(why));
    };
  }

  private Outcome place(
      OrderRequest request,
      @Nullable String address,
      Pricing.Priced priced,
      Group group,
      UnitOfWork tx) {
    if (request.isLimited()
        && requireNonNull(group.holds.get(request.customerId())).admit(priced.lines())
            instanceof Excess excess) {
      boolean verified = group.verified.getOrDefault(request.customerId(), false);
      return new Outcome.Refused(new Refusal.HoldsTooMuch(request.customerId(), excess, verified));
    }
    Order order =
        Order.place(
            ids.next(),
            group.free.next(),
            request.customerId(),
            priced.total(),
            request.payment(),
            address,
            request.draft(),
            request.cause().correlationId(),
            group.now);
    NewIds.add(order.id(), tx);
    group.placed.add(
        new Orders.New(order, priced.lines(), request.requestKey(), request.byCustomer()));
    if (order.status() == OrderStatus.PENDING) {
      announce(order, priced.lines(), request, tx);
    }
    return new Outcome.Placed(new PlacedOrder(order.state(), priced.lines()));
  }

  private static void announce(
      Order order, List<OrderLine> lines, OrderRequest request, UnitOfWork tx) {
    Step step = new Step(null, order.status(), null);
    Announcements.step(order.state(), step, lines, request.cause(), tx);
  }
}
