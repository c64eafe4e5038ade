package dev.reserva.platform.events;

import dev.reserva.contracts.CustomersEvent.CustomerDeactivated;
import dev.reserva.contracts.CustomersEvent.CustomerErased;
import dev.reserva.contracts.CustomersEvent.CustomerErasureRequested;
import dev.reserva.contracts.CustomersEvent.CustomerReactivated;
import dev.reserva.contracts.CustomersEvent.CustomerRegistered;
import dev.reserva.contracts.CustomersEvent.CustomerUpdated;
import dev.reserva.contracts.CustomersEvent.CustomerVerified;
import dev.reserva.contracts.CustomersEvent.PasswordResetRequested;
import dev.reserva.contracts.CustomersEvent.SignUpRepeated;
import dev.reserva.contracts.CustomersEvent.VerificationRequested;
import dev.reserva.contracts.FinancialEvent.PaymentApproved;
import dev.reserva.contracts.FinancialEvent.PaymentCancelled;
import dev.reserva.contracts.FinancialEvent.PaymentFailed;
import dev.reserva.contracts.FinancialEvent.PaymentPending;
import dev.reserva.contracts.FinancialEvent.PaymentProcessing;
import dev.reserva.contracts.FinancialEvent.PaymentRefunded;
import dev.reserva.contracts.FinancialEvent.PaymentRequested;
import dev.reserva.contracts.FinancialEvent.ReceivableCancelled;
import dev.reserva.contracts.FinancialEvent.ReceivableOpened;
import dev.reserva.contracts.FinancialEvent.ReceivableSettled;
import dev.reserva.contracts.FinancialEvent.ReturnRefunded;
import dev.reserva.contracts.InventoryEvent;
import dev.reserva.contracts.InventoryEvent.Awaited;
import dev.reserva.contracts.InventoryEvent.Line;
import dev.reserva.contracts.InventoryEvent.LocationCreated;
import dev.reserva.contracts.InventoryEvent.LocationUpdated;
import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.InventoryEvent.ProductDiscontinued;
import dev.reserva.contracts.InventoryEvent.ProductUpdated;
import dev.reserva.contracts.InventoryEvent.Shortage;
import dev.reserva.contracts.InventoryEvent.StockAdjusted;
import dev.reserva.contracts.InventoryEvent.StockAllocated;
import dev.reserva.contracts.InventoryEvent.StockConfirmationFailed;
import dev.reserva.contracts.InventoryEvent.StockConfirmed;
import dev.reserva.contracts.InventoryEvent.StockDepleted;
import dev.reserva.contracts.InventoryEvent.StockExtended;
import dev.reserva.contracts.InventoryEvent.StockInsufficient;
import dev.reserva.contracts.InventoryEvent.StockLow;
import dev.reserva.contracts.InventoryEvent.StockReleased;
import dev.reserva.contracts.InventoryEvent.StockReserved;
import dev.reserva.contracts.InventoryEvent.StockTransferred;
import dev.reserva.contracts.LogisticsEvent;
import dev.reserva.contracts.LogisticsEvent.ShipmentCancelled;
import dev.reserva.contracts.LogisticsEvent.ShipmentCreated;
import dev.reserva.contracts.LogisticsEvent.ShipmentDelivered;
import dev.reserva.contracts.LogisticsEvent.ShipmentDispatched;
import dev.reserva.contracts.LogisticsEvent.ShipmentReturned;
import dev.reserva.contracts.Money;
import dev.reserva.contracts.NotificationsEvent.DeliveryFailed;
import dev.reserva.contracts.NotificationsEvent.EmailSent;
import dev.reserva.contracts.NotificationsEvent.PushSent;
import dev.reserva.contracts.NotificationsEvent.SmsSent;
import dev.reserva.contracts.OperationsEvent.AuditChange;
import dev.reserva.contracts.OperationsEvent.AuditEntry;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.contracts.OperationsEvent.MessageDeadLettered;
import dev.reserva.contracts.OperationsEvent.MessageDiscarded;
import dev.reserva.contracts.OperationsEvent.MessageRetried;
import dev.reserva.contracts.SalesEvent;
import dev.reserva.contracts.SalesEvent.CustomerOrdersEnded;
import dev.reserva.contracts.SalesEvent.HeldItem;
import dev.reserva.contracts.SalesEvent.HeldPart;
import dev.reserva.contracts.SalesEvent.Item;
import dev.reserva.contracts.SalesEvent.OrderCancelled;
import dev.reserva.contracts.SalesEvent.OrderCompleted;
import dev.reserva.contracts.SalesEvent.OrderConfirmed;
import dev.reserva.contracts.SalesEvent.OrderCreated;
import dev.reserva.contracts.SalesEvent.OrderDelivered;
import dev.reserva.contracts.SalesEvent.OrderPaid;
import dev.reserva.contracts.SalesEvent.OrderPaymentPending;
import dev.reserva.contracts.SalesEvent.OrderShipped;
import dev.reserva.contracts.SalesEvent.ReturnApproved;
import dev.reserva.contracts.SalesEvent.ReturnReceived;
import dev.reserva.contracts.SalesEvent.ReturnRejected;
import dev.reserva.contracts.SalesEvent.ReturnRequested;
import dev.reserva.contracts.WebhooksEvent.EndpointDisabled;
import dev.reserva.contracts.WebhooksEvent.EndpointRecovered;
import dev.reserva.messaging.Cause;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One payload of every type of event, every optional component present: what the goldens hold. */
public final class Samples {

  public static final UUID EVENT = id(1);
  public static final UUID CAUSE_EVENT = id(2);
  public static final UUID ORDER = id(3);
  public static final UUID CUSTOMER = id(4);
  public static final UUID LAPTOP = id(5);
  public static final UUID MOUSE = id(6);
  public static final UUID RESERVATION = id(7);
  public static final UUID PAYMENT = id(8);
  public static final UUID REFUND = id(9);
  public static final UUID DEAD_LETTER = id(10);
  public static final UUID FAILED_EVENT = id(11);
  public static final UUID REPLACED_PAYMENT = id(12);
  public static final UUID AUDIT_RECORD = id(13);
  public static final UUID LINK = id(14);
  public static final UUID SHIPMENT = id(15);
  public static final UUID RETURN = id(16);
  public static final UUID NOTIFICATION = id(17);
  public static final UUID ENDPOINT = id(18);
  public static final UUID LOCATION = id(19);
  public static final UUID TRANSFER = id(20);
  public static final UUID BATTERY = id(21);

  public static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123456Z");
  public static final Instant QUARTER_PAST = Instant.parse("2026-03-01T12:15:00.123456Z");
  public static final Money TOTAL = Money.of("1599.80", "BRL");

  private static final Money TAX = Money.of("255.43", "BRL");

  public static final Cause CAUSE =
      new Cause(
          "req-7f3a",
          CAUSE_EVENT,
          "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "vendor=1");

  private static final Money PRICE = Money.of("1500.00", "BRL");
  private static final List<Item> ITEMS =
      List.of(
          new Item(LAPTOP, "LAPTOP", "Laptop", 1, PRICE, PRICE),
          new Item(
              MOUSE,
              "MOUSE",
              "Mouse “Ágil”",
              2,
              Money.of("49.90", "BRL"),
              Money.of("99.80", "BRL"),
              List.of(new SalesEvent.Part(BATTERY, 2))));
  private static final List<HeldItem> HELD =
      ITEMS.stream()
          .map(item ->
              new HeldItem(
                  item.productId(),
                  item.sku(),
                  item.name(),
                  item.quantity(),
                  item.unitPrice(),
                  item.total(),
                  item.parts() == null ? "MAIN" : null,
                  item.parts() == null
                      ? null
                      : List.of(new HeldPart(BATTERY, "BATTERY", "Battery", 4, "MAIN"))))
          .toList();
  private static final String HAND = "handed over in the shop";
  private static final List<LogisticsEvent.Line> SHIPPED =
      List.of(new LogisticsEvent.Line(LAPTOP, 1), new LogisticsEvent.Line(MOUSE, 2));
  private static final List<SalesEvent.ReturnItem> SENT_BACK =
      List.of(
          new SalesEvent.ReturnItem(LAPTOP, 1),
          new SalesEvent.ReturnItem(MOUSE, 1, List.of(new SalesEvent.Part(BATTERY, 2))));
  private static final List<Line> LINES =
      List.of(new Line(LAPTOP, 1, null), new Line(MOUSE, 2, null));
  private static final List<Shortage> SHORTAGES = List.of(new Shortage(LAPTOP, 11, 10));
  private static final String CREATED = "sales.order.created";

  /** In the order of the catalogue. */
  public static final List<Object> ALL =
      List.of(
          new CustomerRegistered(
              CUSTOMER, "Ana Souza", "ana@example.com", "+55 11 5555-0100", "pt"),
          new CustomerUpdated(CUSTOMER, "Ana Souza", "ana@example.com", "+55 11 5555-0100", "pt"),
          new CustomerVerified(CUSTOMER),
          new CustomerDeactivated(CUSTOMER),
          new CustomerReactivated(CUSTOMER),
          new VerificationRequested(LINK, CUSTOMER),
          new PasswordResetRequested(LINK, CUSTOMER, "ana.lima"),
          new SignUpRepeated(LINK, CUSTOMER),
          new CustomerErasureRequested(CUSTOMER),
          new CustomerErased(CUSTOMER),
          new ProductCreated(
              LAPTOP, "LAPTOP", "Laptop", "computers", PRICE, true, "0.19", "electronics"),
          new ProductUpdated(
              LAPTOP,
              "LAPTOP",
              "Laptop",
              "computers",
              PRICE,
              true,
              "0.19",
              "electronics",
              List.of(new InventoryEvent.Part(BATTERY, 1))),
          new ProductDiscontinued(LAPTOP, "LAPTOP"),
          new LocationCreated(LOCATION, "LISBON", "Lisbon warehouse", 50, true),
          new LocationUpdated(LOCATION, "LISBON", "Lisbon warehouse", 50, false),
          new StockAdjusted(LAPTOP, "ADJUSTED", -3, 7, "broken in the warehouse", null),
          new StockReserved(ORDER, RESERVATION, LINES, QUARTER_PAST, null),
          new StockAllocated(
              ORDER,
              RESERVATION,
              MOUSE,
              List.of(new Line(MOUSE, 2, null)),
              List.of(new Awaited(LAPTOP, 1, QUARTER_PAST))),
          new StockInsufficient(ORDER, SHORTAGES, List.of(MOUSE)),
          new StockConfirmed(ORDER, RESERVATION, LINES, false),
          new StockExtended(ORDER, RESERVATION, QUARTER_PAST),
          new StockReleased(ORDER, RESERVATION, LINES, "expired"),
          new StockConfirmationFailed(ORDER, SHORTAGES),
          new StockTransferred(TRANSFER, LAPTOP, 4, "MAIN", "LISBON", "IN_TRANSIT"),
          new StockLow(LAPTOP, "LAPTOP", 2, 3),
          new StockDepleted(LAPTOP, "LAPTOP"),
          new OrderCreated(ORDER, "R-000123-4", CUSTOMER, ITEMS, TOTAL, TAX, "DRAFT", "PENDING"),
          new OrderPaymentPending(
              ORDER,
              CUSTOMER,
              TOTAL,
              "credit_card",
              "tok_approve",
              QUARTER_PAST,
              "PENDING",
              "PENDING_PAYMENT"),
          new OrderPaid(ORDER, CUSTOMER, PAYMENT, TOTAL, "PENDING_PAYMENT", "PAID", null),
          new OrderConfirmed(
              ORDER,
              CUSTOMER,
              HELD,
              TOTAL,
              TAX,
              "Rua das Flores 1, São Paulo",
              "PAID",
              "CONFIRMED"),
          new OrderShipped(ORDER, CUSTOMER, HAND, "CONFIRMED", "SHIPPED"),
          new OrderDelivered(ORDER, CUSTOMER, HAND, "SHIPPED", "DELIVERED"),
          new OrderCompleted(ORDER, CUSTOMER, HAND, "DELIVERED", "COMPLETED"),
          new OrderCancelled(
              ORDER, CUSTOMER, "customer_request", "changed my mind", "CONFIRMED", "CANCELLED"),
          new ReturnRequested(RETURN, ORDER, CUSTOMER, SENT_BACK, Money.of("49.90", "BRL")),
          new ReturnApproved(RETURN, ORDER, CUSTOMER),
          new ReturnReceived(
              RETURN, ORDER, CUSTOMER, SENT_BACK, true, "MAIN", Money.of("39.90", "BRL")),
          new ReturnRejected(RETURN, ORDER, CUSTOMER),
          new CustomerOrdersEnded(CUSTOMER),
          new PaymentRequested(PAYMENT, ORDER, TOTAL, "credit_card"),
          new PaymentProcessing(PAYMENT, ORDER, 1),
          new PaymentPending(
              PAYMENT,
              ORDER,
              TOTAL,
              "boleto",
              "23791000000000000000000000000000000000000159980",
              QUARTER_PAST,
              REPLACED_PAYMENT),
          new PaymentApproved(PAYMENT, ORDER, TOTAL, "credit_card", "txn_42"),
          new PaymentFailed(PAYMENT, ORDER, TOTAL, "declined", 2, REPLACED_PAYMENT),
          new PaymentCancelled(PAYMENT, ORDER, TOTAL, "replaced"),
          new PaymentRefunded(
              PAYMENT, ORDER, REFUND, Money.of("99.80", "BRL"), TOTAL, true, "returned"),
          new ReturnRefunded(RETURN, ORDER, PAYMENT, Money.of("39.90", "BRL")),
          new ReceivableOpened(ORDER, CUSTOMER, TOTAL),
          new ReceivableSettled(ORDER, PAYMENT, TOTAL),
          new ReceivableCancelled(ORDER, TOTAL),
          new ShipmentCreated(SHIPMENT, ORDER, CUSTOMER, "MAIN", SHIPPED, 3, 1, 1),
          new ShipmentDispatched(
              SHIPMENT, ORDER, CUSTOMER, "MAIN", SHIPPED, "Correios", "QB123456785BR", 0, 1, 2),
          new ShipmentDelivered(SHIPMENT, ORDER, CUSTOMER, "MAIN", SHIPPED, 1, 1, 3),
          new ShipmentCancelled(SHIPMENT, ORDER, CUSTOMER, "MAIN", SHIPPED, 0, 0, 2),
          new ShipmentReturned(SHIPMENT, ORDER, CUSTOMER, "MAIN", SHIPPED, 0, 0, 3),
          new EmailSent(NOTIFICATION, "order-shipped", ORDER, CUSTOMER),
          new SmsSent(NOTIFICATION, "order-shipped", ORDER, CUSTOMER),
          new PushSent(NOTIFICATION, "order-shipped", ORDER, CUSTOMER),
          new DeliveryFailed(NOTIFICATION, "email", "order-shipped", ORDER, CUSTOMER, "bounced"),
          new EndpointDisabled(ENDPOINT, "https://erp.shop.example/hooks", "failing", TIME),
          new EndpointRecovered(ENDPOINT, "https://erp.shop.example/hooks"),
          new MessageDeadLettered(
              DEAD_LETTER,
              "inventory",
              FAILED_EVENT,
              CREATED,
              ORDER,
              4,
              "Unprocessable",
              "quantity must be 1..1000000, was 0"),
          new MessageRetried(DEAD_LETTER, "inventory", FAILED_EVENT, CREATED, ORDER, true, "ops"),
          new MessageDiscarded(
              DEAD_LETTER, "inventory", FAILED_EVENT, CREATED, ORDER, "a drill", "ops"),
          new AuditRecorded(
              AUDIT_RECORD,
              "ops",
              "staff",
              List.of("operator", "warehouse"),
              "192.0.2.7",
              "inventory.product.update",
              List.of(
                  new AuditEntry(
                      TIME,
                      LAPTOP.toString(),
                      "req-7f3a",
                      1,
                      List.of(new AuditChange("price", "1500.00 BRL", "1400.00 BRL"))))));

  private Samples() {}

  private static UUID id(int number) {
    return UUID.fromString("01977c1e-5a00-7000-8000-%012d".formatted(number));
  }
}
