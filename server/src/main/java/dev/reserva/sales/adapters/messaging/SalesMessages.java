package dev.reserva.sales.adapters.messaging;

import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.CustomersEvent;
import dev.reserva.contracts.FinancialEvent;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.application.FollowOrders;
import dev.reserva.sales.application.FollowOrders.Heard;
import dev.reserva.sales.application.LearnCustomers;
import dev.reserva.sales.application.LearnProducts;
import dev.reserva.sales.application.LearnProducts.News.Discontinued;
import dev.reserva.sales.application.LearnProducts.News.Offered;
import dev.reserva.sales.domain.Fact;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The subscription {@value #NAME}. It sorts the messages of a batch by what they are about, in
 * their order, and passes each kind on as a set.
 */
public final class SalesMessages implements Subscription.Handler {

  public static final String NAME = "sales";

  private static final Set<String> TYPES =
      Set.of(
          Contracts.CUSTOMER_REGISTERED,
          Contracts.CUSTOMER_UPDATED,
          Contracts.CUSTOMER_DEACTIVATED,
          Contracts.PRODUCT_CREATED,
          Contracts.PRODUCT_UPDATED,
          Contracts.PRODUCT_DISCONTINUED,
          Contracts.STOCK_RESERVED,
          Contracts.STOCK_INSUFFICIENT,
          Contracts.STOCK_CONFIRMED,
          Contracts.STOCK_RELEASED,
          Contracts.STOCK_CONFIRMATION_FAILED,
          Contracts.PAYMENT_PENDING,
          Contracts.PAYMENT_APPROVED,
          Contracts.PAYMENT_FAILED,
          Contracts.PAYMENT_CANCELLED,
          Contracts.PAYMENT_REFUNDED);

  private final FollowOrders followOrders;
  private final LearnProducts learnProducts;
  private final LearnCustomers learnCustomers;

  public SalesMessages(
      FollowOrders followOrders, LearnProducts learnProducts, LearnCustomers learnCustomers) {
    this.followOrders = followOrders;
    this.learnProducts = learnProducts;
    this.learnCustomers = learnCustomers;
  }

  public Subscription subscription() {
    return Subscription.of(NAME, TYPES, this);
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    var facts = new ArrayList<Heard>();
    var products = new ArrayList<LearnProducts.News>();
    var customers = new ArrayList<LearnCustomers.News>();
    for (Message message : batch) {
      switch (message.payload()) {
        case InventoryEvent event -> sort(message, event, facts, products);
        case FinancialEvent event -> sort(message, event, facts);
        case CustomersEvent event -> customers.add(news(event));
        default -> throw unexpected(message);
      }
    }
    if (!products.isEmpty()) {
      learnProducts.learn(products, tx);
    }
    if (!customers.isEmpty()) {
      learnCustomers.learn(customers, tx);
    }
    if (!facts.isEmpty()) {
      followOrders.hear(facts, tx);
    }
  }

  private static void sort(
      Message message, InventoryEvent event, List<Heard> facts, List<LearnProducts.News> products) {
    switch (event) {
      case InventoryEvent.ProductCreated created ->
          products.add(
              new Offered(
                  new Product(
                      created.productId(),
                      created.sku(),
                      created.name(),
                      created.price(),
                      created.active())));
      case InventoryEvent.ProductUpdated updated ->
          products.add(
              new Offered(
                  new Product(
                      updated.productId(),
                      updated.sku(),
                      updated.name(),
                      updated.price(),
                      updated.active())));
      case InventoryEvent.ProductDiscontinued discontinued ->
          products.add(new Discontinued(discontinued.productId()));
      case InventoryEvent.StockReserved reserved ->
          facts.add(
              heard(
                  message,
                  reserved.orderId(),
                  new Fact.StockReserved(reserved.reservationId(), reserved.expiresAt())));
      case InventoryEvent.StockInsufficient insufficient ->
          facts.add(
              heard(
                  message,
                  insufficient.orderId(),
                  new Fact.StockInsufficient(!insufficient.unknownProducts().isEmpty())));
      case InventoryEvent.StockConfirmed confirmed ->
          facts.add(
              heard(
                  message,
                  confirmed.orderId(),
                  new Fact.StockConfirmed(confirmed.reservationId())));
      case InventoryEvent.StockReleased released ->
          facts.add(
              heard(
                  message,
                  released.orderId(),
                  new Fact.StockReleased(released.reservationId(), why(message, released))));
      case InventoryEvent.StockConfirmationFailed failed ->
          facts.add(heard(message, failed.orderId(), new Fact.StockConfirmationFailed()));
      case InventoryEvent.StockAdjusted ignored -> throw unexpected(message);
      case InventoryEvent.StockLow ignored -> throw unexpected(message);
      case InventoryEvent.StockDepleted ignored -> throw unexpected(message);
    }
  }

  private static void sort(Message message, FinancialEvent event, List<Heard> facts) {
    switch (event) {
      case FinancialEvent.PaymentPending pending ->
          facts.add(
              heard(
                  message,
                  pending.orderId(),
                  new Fact.PaymentPending(
                      pending.paymentId(), instructions(message, pending), pending.replaces())));
      case FinancialEvent.PaymentApproved approved ->
          facts.add(
              heard(
                  message,
                  approved.orderId(),
                  new Fact.PaymentApproved(approved.paymentId(), approved.amount())));
      case FinancialEvent.PaymentFailed failed ->
          facts.add(heard(message, failed.orderId(), new Fact.PaymentFailed(failed.paymentId())));
      case FinancialEvent.PaymentCancelled cancelled ->
          facts.add(
              heard(
                  message, cancelled.orderId(), new Fact.PaymentCancelled(cancelled.paymentId())));
      case FinancialEvent.PaymentRefunded refunded ->
          facts.add(
              heard(
                  message,
                  refunded.orderId(),
                  new Fact.PaymentRefunded(refunded.paymentId(), refunded.whole())));
      case FinancialEvent.PaymentRequested ignored -> throw unexpected(message);
      case FinancialEvent.PaymentProcessing ignored -> throw unexpected(message);
    }
  }

  private static LearnCustomers.News news(CustomersEvent event) {
    return switch (event) {
      case CustomersEvent.CustomerRegistered registered ->
          new LearnCustomers.News(registered.customerId(), true);
      case CustomersEvent.CustomerUpdated updated ->
          new LearnCustomers.News(updated.customerId(), true);
      case CustomersEvent.CustomerDeactivated deactivated ->
          new LearnCustomers.News(deactivated.customerId(), false);
    };
  }

  private static Heard heard(Message message, UUID orderId, Fact fact) {
    return new Heard(orderId, fact, message.cause());
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
    return new Unprocessable("sales does not listen to " + message.type());
  }
}
