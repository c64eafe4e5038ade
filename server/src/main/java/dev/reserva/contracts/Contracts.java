package dev.reserva.contracts;

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
import dev.reserva.contracts.InventoryEvent.LocationCreated;
import dev.reserva.contracts.InventoryEvent.LocationUpdated;
import dev.reserva.contracts.InventoryEvent.ProductCreated;
import dev.reserva.contracts.InventoryEvent.ProductDiscontinued;
import dev.reserva.contracts.InventoryEvent.ProductUpdated;
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
import dev.reserva.contracts.LogisticsEvent.ShipmentCancelled;
import dev.reserva.contracts.LogisticsEvent.ShipmentCreated;
import dev.reserva.contracts.LogisticsEvent.ShipmentDelivered;
import dev.reserva.contracts.LogisticsEvent.ShipmentDispatched;
import dev.reserva.contracts.LogisticsEvent.ShipmentReturned;
import dev.reserva.contracts.NotificationsEvent.DeliveryFailed;
import dev.reserva.contracts.NotificationsEvent.EmailSent;
import dev.reserva.contracts.NotificationsEvent.PushSent;
import dev.reserva.contracts.NotificationsEvent.SmsSent;
import dev.reserva.contracts.OperationsEvent.AuditRecorded;
import dev.reserva.contracts.OperationsEvent.MessageDeadLettered;
import dev.reserva.contracts.OperationsEvent.MessageDiscarded;
import dev.reserva.contracts.OperationsEvent.MessageRetried;
import dev.reserva.contracts.SalesEvent.CustomerOrdersEnded;
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
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The catalogue of all events, with their names on the wire. */
public final class Contracts {

  public static final String CUSTOMER_REGISTERED = "customers.customer.registered";
  public static final String CUSTOMER_UPDATED = "customers.customer.updated";
  public static final String CUSTOMER_VERIFIED = "customers.customer.verified";
  public static final String CUSTOMER_DEACTIVATED = "customers.customer.deactivated";
  public static final String CUSTOMER_REACTIVATED = "customers.customer.reactivated";
  public static final String VERIFICATION_REQUESTED = "customers.account.verification_requested";
  public static final String PASSWORD_RESET_REQUESTED =
      "customers.account.password_reset_requested";
  public static final String SIGN_UP_REPEATED = "customers.account.sign_up_repeated";
  public static final String CUSTOMER_ERASURE_REQUESTED = "customers.customer.erasure_requested";
  public static final String CUSTOMER_ERASED = "customers.customer.erased";
  public static final String PRODUCT_CREATED = "inventory.product.created";
  public static final String PRODUCT_UPDATED = "inventory.product.updated";
  public static final String PRODUCT_DISCONTINUED = "inventory.product.discontinued";
  public static final String LOCATION_CREATED = "inventory.location.created";
  public static final String LOCATION_UPDATED = "inventory.location.updated";
  public static final String STOCK_ADJUSTED = "inventory.stock.adjusted";
  public static final String STOCK_RESERVED = "inventory.stock.reserved";
  public static final String STOCK_ALLOCATED = "inventory.stock.allocated";
  public static final String STOCK_EXTENDED = "inventory.stock.extended";
  public static final String STOCK_INSUFFICIENT = "inventory.stock.insufficient";
  public static final String STOCK_CONFIRMED = "inventory.stock.confirmed";
  public static final String STOCK_RELEASED = "inventory.stock.released";
  public static final String STOCK_CONFIRMATION_FAILED = "inventory.stock.confirmation_failed";
  public static final String STOCK_TRANSFERRED = "inventory.stock.transferred";
  public static final String STOCK_LOW = "inventory.stock.low";
  public static final String STOCK_DEPLETED = "inventory.stock.depleted";
  public static final String ORDER_CREATED = "sales.order.created";
  public static final String ORDER_PAYMENT_PENDING = "sales.order.payment_pending";
  public static final String ORDER_PAID = "sales.order.paid";
  public static final String ORDER_CONFIRMED = "sales.order.confirmed";
  public static final String ORDER_SHIPPED = "sales.order.shipped";
  public static final String ORDER_DELIVERED = "sales.order.delivered";
  public static final String ORDER_COMPLETED = "sales.order.completed";
  public static final String ORDER_CANCELLED = "sales.order.cancelled";
  public static final String RETURN_REQUESTED = "sales.return.requested";
  public static final String RETURN_APPROVED = "sales.return.approved";
  public static final String RETURN_RECEIVED = "sales.return.received";
  public static final String RETURN_REJECTED = "sales.return.rejected";
  public static final String CUSTOMER_ORDERS_ENDED = "sales.customer.orders_ended";
  public static final String PAYMENT_REQUESTED = "financial.payment.requested";
  public static final String PAYMENT_PROCESSING = "financial.payment.processing";
  public static final String PAYMENT_PENDING = "financial.payment.pending";
  public static final String PAYMENT_APPROVED = "financial.payment.approved";
  public static final String PAYMENT_FAILED = "financial.payment.failed";
  public static final String PAYMENT_CANCELLED = "financial.payment.cancelled";
  public static final String PAYMENT_REFUNDED = "financial.payment.refunded";
  public static final String RETURN_REFUNDED = "financial.return.refunded";
  public static final String RECEIVABLE_OPENED = "financial.receivable.opened";
  public static final String RECEIVABLE_SETTLED = "financial.receivable.settled";
  public static final String RECEIVABLE_CANCELLED = "financial.receivable.cancelled";
  public static final String SHIPMENT_CREATED = "logistics.shipment.created";
  public static final String SHIPMENT_DISPATCHED = "logistics.shipment.dispatched";
  public static final String SHIPMENT_DELIVERED = "logistics.shipment.delivered";
  public static final String SHIPMENT_CANCELLED = "logistics.shipment.cancelled";
  public static final String SHIPMENT_RETURNED = "logistics.shipment.returned";
  public static final String EMAIL_SENT = "notifications.email.sent";
  public static final String SMS_SENT = "notifications.sms.sent";
  public static final String PUSH_SENT = "notifications.push.sent";
  public static final String DELIVERY_FAILED = "notifications.delivery.failed";
  public static final String ENDPOINT_DISABLED = "webhooks.endpoint.disabled";
  public static final String ENDPOINT_RECOVERED = "webhooks.endpoint.recovered";
  public static final String MESSAGE_DEAD_LETTERED = "operations.message.dead_lettered";
  public static final String MESSAGE_RETRIED = "operations.message.retried";
  public static final String MESSAGE_DISCARDED = "operations.message.discarded";
  public static final String AUDIT_RECORDED = "operations.audit.recorded";

  /** Every type of event there is, in the order of the catalogue's table. */
  public static final List<Contract<?>> ALL =
      List.of(
          of(CUSTOMER_REGISTERED, CustomerRegistered.class, CustomerRegistered::customerId),
          of(CUSTOMER_UPDATED, CustomerUpdated.class, CustomerUpdated::customerId),
          of(CUSTOMER_VERIFIED, CustomerVerified.class, CustomerVerified::customerId),
          of(CUSTOMER_DEACTIVATED, CustomerDeactivated.class, CustomerDeactivated::customerId),
          of(CUSTOMER_REACTIVATED, CustomerReactivated.class, CustomerReactivated::customerId),
          of(VERIFICATION_REQUESTED, VerificationRequested.class, VerificationRequested::customerId)
              .forTheRecord(),
          of(PASSWORD_RESET_REQUESTED, PasswordResetRequested.class, PasswordResetRequested::about)
              .forTheRecord(),
          of(SIGN_UP_REPEATED, SignUpRepeated.class, SignUpRepeated::customerId).forTheRecord(),
          of(
              CUSTOMER_ERASURE_REQUESTED,
              CustomerErasureRequested.class,
              CustomerErasureRequested::customerId),
          of(CUSTOMER_ERASED, CustomerErased.class, CustomerErased::customerId),
          of(PRODUCT_CREATED, ProductCreated.class, ProductCreated::productId),
          of(PRODUCT_UPDATED, ProductUpdated.class, ProductUpdated::productId),
          of(PRODUCT_DISCONTINUED, ProductDiscontinued.class, ProductDiscontinued::productId),
          of(LOCATION_CREATED, LocationCreated.class, LocationCreated::locationId),
          of(LOCATION_UPDATED, LocationUpdated.class, LocationUpdated::locationId).forTheRecord(),
          of(STOCK_ADJUSTED, StockAdjusted.class, StockAdjusted::productId).forTheRecord(),
          of(
              STOCK_RESERVED,
              StockReserved.class,
              StockReserved::reservationId,
              StockReserved::orderId),
          of(
              STOCK_ALLOCATED,
              StockAllocated.class,
              StockAllocated::reservationId,
              StockAllocated::orderId),
          of(STOCK_INSUFFICIENT, StockInsufficient.class, StockInsufficient::orderId),
          of(
              STOCK_CONFIRMED,
              StockConfirmed.class,
              StockConfirmed::reservationId,
              StockConfirmed::orderId),
          of(
              STOCK_EXTENDED,
              StockExtended.class,
              StockExtended::reservationId,
              StockExtended::orderId),
          of(
              STOCK_RELEASED,
              StockReleased.class,
              StockReleased::reservationId,
              StockReleased::orderId),
          of(
              STOCK_CONFIRMATION_FAILED,
              StockConfirmationFailed.class,
              StockConfirmationFailed::orderId),
          of(STOCK_TRANSFERRED, StockTransferred.class, StockTransferred::productId).forTheRecord(),
          of(STOCK_LOW, StockLow.class, StockLow::productId),
          of(STOCK_DEPLETED, StockDepleted.class, StockDepleted::productId),
          of(ORDER_CREATED, OrderCreated.class, OrderCreated::orderId),
          of(ORDER_PAYMENT_PENDING, OrderPaymentPending.class, OrderPaymentPending::orderId),
          of(ORDER_PAID, OrderPaid.class, OrderPaid::orderId),
          of(ORDER_CONFIRMED, OrderConfirmed.class, OrderConfirmed::orderId),
          of(ORDER_SHIPPED, OrderShipped.class, OrderShipped::orderId),
          of(ORDER_DELIVERED, OrderDelivered.class, OrderDelivered::orderId),
          of(ORDER_COMPLETED, OrderCompleted.class, OrderCompleted::orderId),
          of(ORDER_CANCELLED, OrderCancelled.class, OrderCancelled::orderId),
          of(
                  RETURN_REQUESTED,
                  ReturnRequested.class,
                  ReturnRequested::returnId,
                  ReturnRequested::orderId)
              .forTheRecord(),
          of(
                  RETURN_APPROVED,
                  ReturnApproved.class,
                  ReturnApproved::returnId,
                  ReturnApproved::orderId)
              .forTheRecord(),
          of(
              RETURN_RECEIVED,
              ReturnReceived.class,
              ReturnReceived::returnId,
              ReturnReceived::orderId),
          of(
                  RETURN_REJECTED,
                  ReturnRejected.class,
                  ReturnRejected::returnId,
                  ReturnRejected::orderId)
              .forTheRecord(),
          of(CUSTOMER_ORDERS_ENDED, CustomerOrdersEnded.class, CustomerOrdersEnded::customerId),
          of(
                  PAYMENT_REQUESTED,
                  PaymentRequested.class,
                  PaymentRequested::paymentId,
                  PaymentRequested::orderId)
              .forTheRecord(),
          of(
                  PAYMENT_PROCESSING,
                  PaymentProcessing.class,
                  PaymentProcessing::paymentId,
                  PaymentProcessing::orderId)
              .forTheRecord(),
          of(
              PAYMENT_PENDING,
              PaymentPending.class,
              PaymentPending::paymentId,
              PaymentPending::orderId),
          of(
              PAYMENT_APPROVED,
              PaymentApproved.class,
              PaymentApproved::paymentId,
              PaymentApproved::orderId),
          of(PAYMENT_FAILED, PaymentFailed.class, PaymentFailed::paymentId, PaymentFailed::orderId),
          of(
              PAYMENT_CANCELLED,
              PaymentCancelled.class,
              PaymentCancelled::paymentId,
              PaymentCancelled::orderId),
          of(
              PAYMENT_REFUNDED,
              PaymentRefunded.class,
              PaymentRefunded::paymentId,
              PaymentRefunded::orderId),
          of(
              RETURN_REFUNDED,
              ReturnRefunded.class,
              ReturnRefunded::returnId,
              ReturnRefunded::orderId),
          of(RECEIVABLE_OPENED, ReceivableOpened.class, ReceivableOpened::orderId).forTheRecord(),
          of(RECEIVABLE_SETTLED, ReceivableSettled.class, ReceivableSettled::orderId)
              .forTheRecord(),
          of(RECEIVABLE_CANCELLED, ReceivableCancelled.class, ReceivableCancelled::orderId)
              .forTheRecord(),
          of(
              SHIPMENT_CREATED,
              ShipmentCreated.class,
              ShipmentCreated::shipmentId,
              ShipmentCreated::orderId),
          of(
              SHIPMENT_DISPATCHED,
              ShipmentDispatched.class,
              ShipmentDispatched::shipmentId,
              ShipmentDispatched::orderId),
          of(
              SHIPMENT_DELIVERED,
              ShipmentDelivered.class,
              ShipmentDelivered::shipmentId,
              ShipmentDelivered::orderId),
          of(
              SHIPMENT_CANCELLED,
              ShipmentCancelled.class,
              ShipmentCancelled::shipmentId,
              ShipmentCancelled::orderId),
          of(
              SHIPMENT_RETURNED,
              ShipmentReturned.class,
              ShipmentReturned::shipmentId,
              ShipmentReturned::orderId),
          of(EMAIL_SENT, EmailSent.class, EmailSent::messageId).forTheRecord(),
          of(SMS_SENT, SmsSent.class, SmsSent::messageId).forTheRecord(),
          of(PUSH_SENT, PushSent.class, PushSent::messageId).forTheRecord(),
          of(DELIVERY_FAILED, DeliveryFailed.class, DeliveryFailed::messageId).forTheRecord(),
          of(ENDPOINT_DISABLED, EndpointDisabled.class, EndpointDisabled::endpointId),
          of(ENDPOINT_RECOVERED, EndpointRecovered.class, EndpointRecovered::endpointId),
          of(MESSAGE_DEAD_LETTERED, MessageDeadLettered.class, MessageDeadLettered::deadLetterId),
          of(MESSAGE_RETRIED, MessageRetried.class, MessageRetried::deadLetterId).forTheRecord(),
          of(MESSAGE_DISCARDED, MessageDiscarded.class, MessageDiscarded::deadLetterId)
              .forTheRecord(),
          of(AUDIT_RECORDED, AuditRecorded.class, AuditRecorded::recordId));

  private Contracts() {}

  private static <T> Contract<T> of(String name, Class<T> payload, Function<T, UUID> subject) {
    return new Contract<>(name, payload, subject, subject, false);
  }

  private static <T> Contract<T> of(
      String name, Class<T> payload, Function<T, UUID> subject, Function<T, UUID> key) {
    return new Contract<>(name, payload, subject, key, false);
  }
}
