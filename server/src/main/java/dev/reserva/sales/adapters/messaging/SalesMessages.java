package dev.reserva.sales.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.CustomersEvent;
import dev.reserva.contracts.FinancialEvent;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.Locations;
import dev.reserva.contracts.LogisticsEvent;
import dev.reserva.contracts.TaxRate;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.application.Customers;
import dev.reserva.sales.application.FollowCustomers;
import dev.reserva.sales.application.FollowCustomers.CustomerChange;
import dev.reserva.sales.application.FollowCustomers.CustomerChange.Kind;
import dev.reserva.sales.application.FollowLocations;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowOrders.OrderFact;
import dev.reserva.sales.application.FollowProducts;
import dev.reserva.sales.application.FollowProducts.ProductChange.Discontinued;
import dev.reserva.sales.application.FollowProducts.ProductChange.Offered;
import dev.reserva.sales.application.FollowReturns;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.Delivery;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Product;
import dev.reserva.sales.domain.Shipment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The subscription {@value #NAME}. Splits a batch into facts about orders, changes of products,
 * locations and customers, and facts about returns. Each part keeps the batch's order and goes to
 * one use case.
 */
public final class SalesMessages implements Subscription.Handler {

  public static final String NAME = "sales";

  private final FollowOrders followOrders;
  private final FollowProducts followProducts;
  private final FollowCustomers followCustomers;
  private final FollowReturns followReturns;
  private final FollowLocations followLocations;

  public SalesMessages(
      FollowOrders followOrders,
      FollowProducts followProducts,
      FollowCustomers followCustomers,
      FollowReturns followReturns,
      FollowLocations followLocations) {
    this.followOrders = followOrders;
    this.followProducts = followProducts;
    this.followCustomers = followCustomers;
    this.followReturns = followReturns;
    this.followLocations = followLocations;
  }

  public Subscription subscription() {
    return Subscription.of(NAME, Consumers.typesOf(NAME), this);
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    var facts = new ArrayList<OrderFact>();
    var products = new ArrayList<FollowProducts.ProductChange>();
    var customers = new ArrayList<CustomerChange>();
    var erasures = new ArrayList<Customers.Erasure>();
    var erased = new ArrayList<UUID>();
    var locations = new ArrayList<String>();
    var returns = new ArrayList<FollowReturns.Refunded>();
    var deliveries = new ArrayList<Delivery>();
    for (Message message : batch) {
      switch (message.payload()) {
        case InventoryEvent.LocationCreated created -> locations.add(created.code());
        case InventoryEvent event -> sort(message, event, facts, products);
        case FinancialEvent.ReturnRefunded refunded ->
            returns.add(new FollowReturns.Refunded(refunded.returnId(), refunded.amount()));
        case FinancialEvent event -> sort(message, event, facts);
        case LogisticsEvent event -> {
          facts.add(fact(message, event.orderId(), moved(event)));
          if (event instanceof LogisticsEvent.ShipmentDelivered delivered
              && delivered.lines() != null) {
            deliveries.add(delivery(delivered, delivered.lines()));
          }
        }
        case CustomersEvent.CustomerErasureRequested requested ->
            erasures.add(new Customers.Erasure(requested.customerId(), message.cause()));
        case CustomersEvent.CustomerErased gone -> erased.add(gone.customerId());
        case CustomersEvent event -> customers.add(change(event));
        default -> throw unexpected(message);
      }
    }
    if (!products.isEmpty()) {
      followProducts.follow(products, tx);
    }
    if (!locations.isEmpty()) {
      followLocations.follow(locations, tx);
    }
    if (!customers.isEmpty()) {
      followCustomers.follow(customers, tx);
    }
    followCustomers.followErasures(erasures, erased, tx);
    if (!facts.isEmpty()) {
      followOrders.follow(facts, tx);
    }
    if (!deliveries.isEmpty()) {
      followReturns.followDeliveries(deliveries, tx);
    }
    if (!returns.isEmpty()) {
      followReturns.follow(returns, tx);
    }
  }

  private static void sort(
      Message message,
      InventoryEvent event,
      List<OrderFact> facts,
      List<FollowProducts.ProductChange> products) {
    switch (event) {
      case InventoryEvent.ProductCreated created ->
          products.add(
              new Offered(
                  new Product(
                      created.productId(),
                      created.sku(),
                      created.name(),
                      created.price(),
                      taxRate(message, created.taxRate()),
                      created.taxCode(),
                      created.active(),
                      bundle(message, created.bundle()))));
      case InventoryEvent.ProductUpdated updated ->
          products.add(
              new Offered(
                  new Product(
                      updated.productId(),
                      updated.sku(),
                      updated.name(),
                      updated.price(),
                      taxRate(message, updated.taxRate()),
                      updated.taxCode(),
                      updated.active(),
                      bundle(message, updated.bundle()))));
      case InventoryEvent.ProductDiscontinued discontinued ->
          products.add(new Discontinued(discontinued.productId()));
      case InventoryEvent.StockReserved reserved ->
          facts.add(
              fact(
                  message,
                  reserved.orderId(),
                  new Fact.StockReserved(
                      reserved.reservationId(),
                      reserved.expiresAt(),
                      held(reserved.lines()),
                      awaited(reserved.awaited()))));
      case InventoryEvent.StockAllocated allocated ->
          facts.add(
              fact(
                  message,
                  allocated.orderId(),
                  new Fact.StockAllocated(
                      allocated.reservationId(),
                      held(allocated.lines()),
                      awaited(allocated.awaited()))));
      case InventoryEvent.StockExtended extended ->
          facts.add(
              fact(
                  message,
                  extended.orderId(),
                  new Fact.StockExtended(extended.reservationId(), extended.expiresAt())));
      case InventoryEvent.StockInsufficient insufficient ->
          facts.add(
              fact(
                  message,
                  insufficient.orderId(),
                  new Fact.StockInsufficient(!insufficient.unknownProducts().isEmpty())));
      case InventoryEvent.StockConfirmed confirmed ->
          facts.add(
              fact(
                  message,
                  confirmed.orderId(),
                  new Fact.StockConfirmed(confirmed.reservationId(), held(confirmed.lines()))));
      case InventoryEvent.StockReleased released ->
          facts.add(
              fact(
                  message,
                  released.orderId(),
                  new Fact.StockReleased(released.reservationId(), why(message, released))));
      case InventoryEvent.StockConfirmationFailed failed ->
          facts.add(fact(message, failed.orderId(), new Fact.StockConfirmationFailed()));
      case InventoryEvent.LocationCreated ignored -> throw unexpected(message);
      case InventoryEvent.LocationUpdated ignored -> throw unexpected(message);
      case InventoryEvent.StockTransferred ignored -> throw unexpected(message);
      case InventoryEvent.StockAdjusted ignored -> throw unexpected(message);
      case InventoryEvent.StockLow ignored -> throw unexpected(message);
      case InventoryEvent.StockDepleted ignored -> throw unexpected(message);
    }
  }

  private static void sort(Message message, FinancialEvent event, List<OrderFact> facts) {
    switch (event) {
      case FinancialEvent.PaymentPending pending ->
          facts.add(
              fact(
                  message,
                  pending.orderId(),
                  new Fact.PaymentPending(
                      pending.paymentId(), instructions(message, pending), pending.replaces())));
      case FinancialEvent.PaymentApproved approved ->
          facts.add(
              fact(
                  message,
                  approved.orderId(),
                  new Fact.PaymentApproved(approved.paymentId(), approved.amount())));
      case FinancialEvent.PaymentFailed failed ->
          facts.add(
              fact(
                  message,
                  failed.orderId(),
                  failed.triesLeft() == null
                      ? new Fact.PaymentFailed(failed.paymentId())
                      : new Fact.PaymentDeclined(failed.paymentId(), failed.replaces())));
      case FinancialEvent.PaymentCancelled cancelled ->
          facts.add(
              fact(message, cancelled.orderId(), new Fact.PaymentCancelled(cancelled.paymentId())));
      case FinancialEvent.PaymentRefunded refunded ->
          facts.add(
              fact(
                  message,
                  refunded.orderId(),
                  new Fact.PaymentRefunded(refunded.paymentId(), refunded.whole())));
      case FinancialEvent.PaymentRequested ignored -> throw unexpected(message);
      case FinancialEvent.PaymentProcessing ignored -> throw unexpected(message);
      case FinancialEvent.ReturnRefunded ignored -> throw unexpected(message);
      case FinancialEvent.ReceivableOpened ignored -> throw unexpected(message);
      case FinancialEvent.ReceivableSettled ignored -> throw unexpected(message);
      case FinancialEvent.ReceivableCancelled ignored -> throw unexpected(message);
    }
  }

  /** The lines by location, if any is not at the default one. */
  private static List<HeldUnits> held(List<InventoryEvent.Line> lines) {
    return lines.stream().allMatch(line -> line.location() == null)
        ? List.of()
        : lines.stream()
            .map(line ->
                new HeldUnits(
                    line.productId(),
                    Objects.requireNonNullElse(line.location(), Locations.MAIN),
                    line.quantity()))
            .toList();
  }

  private static List<AwaitedUnits> awaited(@Nullable List<InventoryEvent.Awaited> awaited) {
    return awaited == null
        ? List.of()
        : awaited.stream()
            .map(units -> new AwaitedUnits(units.productId(), units.quantity(), units.expectedAt()))
            .toList();
  }

  private static Delivery delivery(
      LogisticsEvent.ShipmentDelivered delivered, List<LogisticsEvent.Line> lines) {
    Map<UUID, Integer> units = new HashMap<>();
    lines.forEach(line -> units.merge(line.productId(), line.quantity(), Integer::sum));
    return new Delivery(delivered.shipmentId(), delivered.orderId(), units);
  }

  private static Fact moved(LogisticsEvent event) {
    Shipment.Status status =
        switch (event) {
          case LogisticsEvent.ShipmentCreated _ -> Shipment.Status.PREPARING;
          case LogisticsEvent.ShipmentDispatched _ -> Shipment.Status.DISPATCHED;
          case LogisticsEvent.ShipmentDelivered _ -> Shipment.Status.DELIVERED;
          case LogisticsEvent.ShipmentCancelled _ -> Shipment.Status.CANCELLED;
          case LogisticsEvent.ShipmentReturned _ -> Shipment.Status.RETURNED;
        };
    return new Fact.ShipmentMoved(
        event.shipmentId(), status, event.openUnits(), event.openShipments(), event.revision());
  }

  private static CustomerChange change(CustomersEvent event) {
    return switch (event) {
      case CustomersEvent.CustomerRegistered registered ->
          new CustomerChange(registered.customerId(), Kind.KNOWN);
      case CustomersEvent.CustomerUpdated updated ->
          new CustomerChange(updated.customerId(), Kind.KNOWN);
      case CustomersEvent.CustomerVerified verified ->
          new CustomerChange(verified.customerId(), Kind.VERIFIED);
      case CustomersEvent.CustomerDeactivated deactivated ->
          new CustomerChange(deactivated.customerId(), Kind.DEACTIVATED);
      case CustomersEvent.CustomerReactivated reactivated ->
          new CustomerChange(reactivated.customerId(), Kind.REACTIVATED);
      case CustomersEvent.CustomerErasureRequested requested ->
          new CustomerChange(requested.customerId(), Kind.DEACTIVATED);
      case CustomersEvent.CustomerErased erased ->
          new CustomerChange(erased.customerId(), Kind.DEACTIVATED);
    };
  }

  private static SequencedMap<UUID, Integer> bundle(
      Message message, @Nullable List<InventoryEvent.Part> parts) {
    SequencedMap<UUID, Integer> bundle = new LinkedHashMap<>();
    if (parts != null) {
      for (InventoryEvent.Part part : parts) {
        if (part.productId() == null || part.quantity() < 1) { // of an event by hand
          throw new Unprocessable(
              "%s: a part of a bundle needs a productId and a quantity of 1 or more, was %s"
                  .formatted(message.type(), part));
        }
        bundle.merge(part.productId(), part.quantity(), Integer::sum);
      }
    }
    return bundle;
  }

  private static @Nullable TaxRate taxRate(Message message, @Nullable String rate) {
    try {
      return rate == null ? null : TaxRate.parse(rate);
    } catch (IllegalArgumentException e) {
      throw new Unprocessable("%s: %s".formatted(message.type(), e.getMessage()), e);
    }
  }

  private static OrderFact fact(Message message, UUID orderId, Fact fact) {
    return new OrderFact(orderId, fact, message.cause());
  }

  private static Fact.Release why(Message message, InventoryEvent.StockReleased released) {
    return switch (released.reason()) {
      case "cancelled" -> Fact.Release.CANCELLED;
      case "expired" -> Fact.Release.EXPIRED;
      case "manual" -> Fact.Release.MANUAL;
      default ->
          throw new Unprocessable(
              "reason of %s must be cancelled, expired or manual, was \"%s\""
                  .formatted(message.type(), released.reason()));
    };
  }

  private static Payment.Instructions instructions(
      Message message, FinancialEvent.PaymentPending pending) {
    try {
      return new Payment.Instructions(
          PaymentMethod.ofWire(pending.method()), pending.code(), pending.dueAt());
    } catch (IllegalArgumentException e) {
      throw new Unprocessable(
          "method of %s %s, was \"%s\"".formatted(message.type(), e.getMessage(), pending.method()),
          e);
    }
  }

  private static Unprocessable unexpected(Message message) {
    return new Unprocessable("sales does not subscribe to " + message.type());
  }
}
