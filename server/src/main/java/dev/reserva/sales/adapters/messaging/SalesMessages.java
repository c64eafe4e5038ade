package dev.reserva.sales.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.CustomersEvent;
import dev.reserva.contracts.FinancialEvent;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.LogisticsEvent;
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
import dev.reserva.sales.application.FollowReturns;
import dev.reserva.sales.domain.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
        case InventoryEvent.ProductCreated created ->
            products.add(ProductChanges.of(message, created));
        case InventoryEvent.ProductUpdated updated ->
            products.add(ProductChanges.of(message, updated));
        case InventoryEvent.ProductDiscontinued discontinued ->
            products.add(new Discontinued(discontinued.productId()));
        case InventoryEvent event -> facts.add(OrderFacts.of(message, event));
        case FinancialEvent.ReturnRefunded refunded ->
            returns.add(new FollowReturns.Refunded(refunded.returnId(), refunded.amount()));
        case FinancialEvent event -> facts.add(OrderFacts.of(message, event));
        case LogisticsEvent event -> {
          facts.add(OrderFacts.of(message, event));
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

  private static Delivery delivery(
      LogisticsEvent.ShipmentDelivered delivered, List<LogisticsEvent.Line> lines) {
    Map<UUID, Integer> units = new HashMap<>();
    lines.forEach(line -> units.merge(line.productId(), line.quantity(), Integer::sum));
    return new Delivery(delivered.shipmentId(), delivered.orderId(), units);
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

  static Unprocessable unexpected(Message message) {
    return new Unprocessable("sales does not subscribe to " + message.type());
  }
}
