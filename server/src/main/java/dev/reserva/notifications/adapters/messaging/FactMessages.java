package dev.reserva.notifications.adapters.messaging;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.CustomersEvent.CustomerErased;
import dev.reserva.contracts.CustomersEvent.CustomerRegistered;
import dev.reserva.contracts.CustomersEvent.CustomerUpdated;
import dev.reserva.contracts.FinancialEvent.PaymentPending;
import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.contracts.InventoryEvent.StockDepleted;
import dev.reserva.contracts.InventoryEvent.StockLow;
import dev.reserva.contracts.LogisticsEvent.ShipmentDispatched;
import dev.reserva.contracts.OperationsEvent.MessageDeadLettered;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.contracts.WebhooksEvent.EndpointDisabled;
import dev.reserva.contracts.WebhooksEvent.EndpointRecovered;
import dev.reserva.messaging.Message;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.notifications.application.FollowCustomers;
import dev.reserva.notifications.application.FollowCustomers.Change;
import dev.reserva.notifications.application.HearFacts;
import dev.reserva.notifications.application.Heard;
import dev.reserva.notifications.application.KnownOrder;
import dev.reserva.notifications.application.Recipients.Sealed;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Language;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The subscription {@value #NAME}. It has a pace: it never runs in the transaction of an order, and
 * it handles many events at once.
 */
public final class FactMessages implements Subscription.Handler {

  public static final String NAME = "notifications";

  /** Facts of one transaction, which is two or three statements whatever their number. */
  private static final int MAX_BATCH = 5_000;

  /** Nobody notices that a mail leaves a second later, and a large batch costs orders less. */
  private static final Duration PACE = Duration.ofSeconds(1);

  private final HearFacts hearFacts;
  private final FollowCustomers followCustomers;

  public FactMessages(HearFacts hearFacts, FollowCustomers followCustomers) {
    this.hearFacts = hearFacts;
    this.followCustomers = followCustomers;
  }

  public Subscription subscription() {
    Subscription plain = Subscription.of(NAME, Consumers.typesOf(NAME), this);
    return new Subscription(
            plain.name(), plain.types(), plain.handler(), MAX_BATCH, plain.retries())
        .atPace(PACE);
  }

  @Override
  public void handle(List<Message> batch, UnitOfWork tx) {
    List<KnownOrder> orders = new ArrayList<>();
    List<Heard> facts = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (Message message : batch) {
      switch (message.payload()) {
        case CustomerRegistered it ->
            changes.add(saved(it.customerId(), it.name(), it.email(), it.phone(), it.language()));
        case CustomerUpdated it ->
            changes.add(saved(it.customerId(), it.name(), it.email(), it.phone(), it.language()));
        case CustomerErased it -> changes.add(new Change.Erased(it.customerId()));
        case OrderCreated it -> {
          orders.add(new KnownOrder(it.orderId(), it.customerId(), it.number()));
          facts.add(fact(message));
        }
        case Object _ -> {
          if (concernsSomebody(message)) {
            facts.add(fact(message));
          }
        }
      }
    }
    followCustomers.follow(changes, tx);
    hearFacts.hear(orders, facts, tx);
  }

  /**
   * A dead letter of this subscription is not told by a message: if the alert itself could not be
   * handled, each alert would cause the next one.
   */
  private static boolean concernsSomebody(Message message) {
    return !(message.payload() instanceof MessageDeadLettered dead
        && dead.subscription().equals(NAME));
  }

  private static Change saved(
      UUID customer, String name, String email, @Nullable String phone, @Nullable String language) {
    return new Change.Saved(
        new Sealed(
            customer, name, email, phone, language == null ? null : Language.ofWire(language)));
  }

  /** Which event states which fact, and what its message tells. */
  private static Heard fact(Message message) {
    return switch (message.payload()) {
      case OrderCreated it ->
          ofOrder(
              Fact.ORDER_RECEIVED,
              it.orderId(),
              it.orderId(),
              it.customerId(),
              message,
              Fields.none().money("total", it.total()).tax(it.tax()).lines(it.items()));
      case PaymentPending it ->
          ofOrder(
              Fact.PAYMENT_PENDING,
              it.paymentId(),
              it.orderId(),
              null,
              message,
              Fields.none()
                  .money("amount", it.amount())
                  .flag("method_" + it.method())
                  .text("code", it.code())
                  .moment("dueAt", it.dueAt()));
      case OrderPaid it ->
          ofOrder(
              Fact.ORDER_PAID,
              it.orderId(),
              it.orderId(),
              it.customerId(),
              message,
              Fields.none().money("amount", it.amount()).awaited(it.awaited()));
      case OrderConfirmed it ->
          ofOrder(
              Fact.ORDER_CONFIRMED,
              it.orderId(),
              it.orderId(),
              it.customerId(),
              message,
              Fields.none().money("total", it.total()).tax(it.tax()).lines(ordered(it)));
      case ShipmentDispatched it ->
          ofOrder(
              Fact.ORDER_SHIPPED,
              it.shipmentId(),
              it.orderId(),
              it.customerId(),
              message,
              partly(it, Fields.none())
                  .text("carrier", it.carrier())
                  .text("trackingCode", it.trackingCode()));
      case OrderDelivered it ->
          ofOrder(
              Fact.ORDER_DELIVERED,
              it.orderId(),
              it.orderId(),
              it.customerId(),
              message,
              Fields.none());
      case OrderCancelled it ->
          ofOrder(
              Fact.ORDER_CANCELLED,
              it.orderId(),
              it.orderId(),
              it.customerId(),
              message,
              Fields.none().flag("because_" + it.reason()));
      case PaymentRefunded it ->
          ofOrder(
              Fact.ORDER_REFUNDED,
              it.refundId(),
              it.orderId(),
              null,
              message,
              Fields.none().money("amount", it.amount()).money("refunded", it.refunded()));
      case ReturnReceived it ->
          ofOrder(
              Fact.RETURN_RECEIVED,
              it.returnId(),
              it.orderId(),
              it.customerId(),
              message,
              it.refund().isZero() ? Fields.none() : Fields.none().money("amount", it.refund()));
      case StockLow it ->
          alert(
              Fact.STOCK_LOW,
              message,
              Fields.none()
                  .text("sku", it.sku())
                  .count("available", it.available())
                  .count("minimum", it.minStock()));
      case StockDepleted it ->
          alert(Fact.STOCK_DEPLETED, message, Fields.none().text("sku", it.sku()));
      case MessageDeadLettered it ->
          alert(
              Fact.DEAD_LETTER,
              message,
              Fields.none()
                  .text("deadLetter", it.deadLetterId().toString())
                  .text("subscription", it.subscription())
                  .text("eventType", it.eventType())
                  .text("errorType", it.errorType()));
      case EndpointDisabled it ->
          alert(
              Fact.WEBHOOK_DISABLED,
              message,
              Fields.none()
                  .text("endpoint", it.endpointId().toString())
                  .text("url", it.url())
                  .flag("because_" + it.reason())
                  .moment("failingSince", it.failingSince()));
      case EndpointRecovered it ->
          alert(
              Fact.WEBHOOK_RECOVERED,
              message,
              Fields.none().text("endpoint", it.endpointId().toString()).text("url", it.url()));
      case Object other ->
          throw new Unprocessable(
              "notifications does not tell %s".formatted(other.getClass().getSimpleName()));
    };
  }

  /** What was ordered, wherever it is held. */
  private static List<SalesEvent.Item> ordered(OrderConfirmed confirmed) {
    return confirmed.items().stream()
        .map(item ->
            new SalesEvent.Item(
                item.productId(),
                item.sku(),
                item.name(),
                item.quantity(),
                item.unitPrice(),
                item.total()))
        .toList();
  }

  private static Fields partly(ShipmentDispatched dispatched, Fields fields) {
    return dispatched.openUnits() > 0 ? fields.count("openUnits", dispatched.openUnits()) : fields;
  }

  private static Heard ofOrder(
      Fact fact,
      UUID occurrence,
      UUID order,
      @Nullable UUID customer,
      Message message,
      Fields fields) {
    return new Heard(
        fact,
        occurrence,
        order,
        customer,
        message.type(),
        message.event().time(),
        fields.details());
  }

  private static Heard alert(Fact fact, Message message, Fields fields) {
    return new Heard(
        fact,
        message.event().id(),
        null,
        null,
        message.type(),
        message.event().time(),
        fields.details());
  }
}
