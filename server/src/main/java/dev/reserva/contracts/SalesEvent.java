package dev.reserva.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the sales service; keyed by order. Each is one step of the order's state machine: {@code
 * from} is absent only where the order begins. The facts about returns and customers are no steps.
 */
public sealed interface SalesEvent {

  UUID orderId();

  @Nullable String from();

  /** The order's state after this fact. */
  String to();

  /**
   * A part of a bundle, as the bundle was when it was ordered.
   *
   * @param quantity units in one bundle, at least 1
   */
  record Part(UUID productId, int quantity) {}

  /**
   * @param quantity at least 1
   * @param total what the buyer pays for it: unit price times quantity, and the tax if the price
   *     does not contain it
   * @param parts what one unit consists of; absent if the product is no bundle
   */
  record Item(
      UUID productId,
      String sku,
      String name,
      int quantity,
      Money unitPrice,
      Money total,
      @Nullable List<Part> parts) {
    public Item {
      parts = parts == null ? null : List.copyOf(parts);
    }

    /** Of a product that is no bundle. */
    public Item(
        UUID productId, String sku, String name, int quantity, Money unitPrice, Money total) {
      this(productId, sku, name, quantity, unitPrice, total, null);
    }
  }

  /**
   * Units of a part of a bundle that are held at one location.
   *
   * @param quantity of all bundles of the item together, at least 1
   * @param location where they are held
   */
  record HeldPart(UUID productId, String sku, String name, int quantity, String location) {}

  /**
   * Units of a product that an order waits for. Of a bundle its parts are waited for.
   *
   * @param quantity at least 1
   * @param expectedAt when the stock was expected at the time of the order; absent if unknown
   */
  record AwaitedItem(UUID productId, int quantity, @Nullable Instant expectedAt) {}

  /**
   * An item whose stock is held.
   *
   * @param location where it is held; absent for a bundle, and in events of versions that had one
   *     location, {@link Locations#MAIN}
   * @param units what is held for it, if it is a bundle: the units of its parts. A part that
   *     several locations hold has an entry for each. Absent if the product is no bundle
   */
  record HeldItem(
      UUID productId,
      String sku,
      String name,
      int quantity,
      Money unitPrice,
      Money total,
      @Nullable String location,
      @Nullable List<HeldPart> units) {
    public HeldItem {
      units = units == null ? null : List.copyOf(units);
    }

    /** Of a product that is no bundle. */
    public HeldItem(
        UUID productId,
        String sku,
        String name,
        int quantity,
        Money unitPrice,
        Money total,
        @Nullable String location) {
      this(productId, sku, name, quantity, unitPrice, total, location, null);
    }
  }

  /**
   * {@code sales.order.created}: the order was submitted.
   *
   * @param number by which people name the order; absent in events of versions that had none
   * @param tax the part of the total that is tax; absent if no product has a rate
   */
  record OrderCreated(
      UUID orderId,
      @Nullable String number,
      UUID customerId,
      List<Item> items,
      Money total,
      @Nullable Money tax,
      @Nullable String from,
      String to)
      implements SalesEvent {
    public OrderCreated {
      items = List.copyOf(items);
    }
  }

  /**
   * {@code sales.order.payment_pending}: its stock is reserved, so it can be paid.
   *
   * @param method how the buyer wants to pay; absent when the order named none
   * @param token sealed reference of the provider's token for it, which financial alone opens
   * @param payBefore when the reservation ends
   */
  record OrderPaymentPending(
      UUID orderId,
      UUID customerId,
      Money amount,
      @Nullable String method,
      @Nullable String token,
      Instant payBefore,
      String from,
      String to)
      implements SalesEvent {}

  /**
   * {@code sales.order.paid}
   *
   * @param awaited what the order waits for; absent if every line is held
   */
  record OrderPaid(
      UUID orderId,
      UUID customerId,
      UUID paymentId,
      Money amount,
      String from,
      String to,
      @Nullable List<AwaitedItem> awaited)
      implements SalesEvent {
    public OrderPaid {
      awaited = awaited == null ? null : List.copyOf(awaited);
    }
  }

  /**
   * {@code sales.order.confirmed}: paid, and its stock is definitely its own.
   *
   * @param tax the part of the total that is tax; absent if no product has a rate
   * @param shippingAddress sealed with the customer's key
   */
  record OrderConfirmed(
      UUID orderId,
      UUID customerId,
      List<HeldItem> items,
      Money total,
      @Nullable Money tax,
      @Nullable String shippingAddress,
      String from,
      String to)
      implements SalesEvent {
    public OrderConfirmed {
      items = List.copyOf(items);
    }
  }

  /**
   * {@code sales.order.shipped}: the last goods of the order have left.
   *
   * @param reason why an operator has set the order to this state by hand; absent if its shipments
   *     have led there
   */
  record OrderShipped(
      UUID orderId, UUID customerId, @Nullable String reason, String from, String to)
      implements SalesEvent {}

  /**
   * {@code sales.order.delivered}: the last goods of the order have arrived.
   *
   * @param reason why an operator has set the order to this state by hand; absent if its shipments
   *     have led there
   */
  record OrderDelivered(
      UUID orderId, UUID customerId, @Nullable String reason, String from, String to)
      implements SalesEvent {}

  /**
   * {@code sales.order.completed}: the order is closed.
   *
   * @param reason why an operator has set the order to this state by hand; absent if its shipments
   *     have led there
   */
  record OrderCompleted(
      UUID orderId, UUID customerId, @Nullable String reason, String from, String to)
      implements SalesEvent {}

  /**
   * {@code sales.order.cancelled}: the order is dead and what was done for it is undone.
   *
   * @param reason {@code out_of_stock}, {@code payment_failed}, {@code reservation_expired}, {@code
   *     customer_request}, {@code operator_request}, {@code unknown_product}, {@code returned};
   *     {@code deadline_exceeded} with {@code to} FAILED
   * @param to {@code CANCELLED}, or {@code FAILED} when a step stayed unanswered past its deadline
   */
  record OrderCancelled(
      UUID orderId, UUID customerId, String reason, @Nullable String note, String from, String to)
      implements SalesEvent {}

  /**
   * @param quantity at least 1
   * @param parts what one unit consists of; absent if the product is no bundle
   */
  record ReturnItem(UUID productId, int quantity, @Nullable List<Part> parts) {
    public ReturnItem {
      parts = parts == null ? null : List.copyOf(parts);
    }

    /** Of a product that is no bundle. */
    public ReturnItem(UUID productId, int quantity) {
      this(productId, quantity, null);
    }
  }

  /**
   * {@code sales.return.requested}: goods of a delivered order shall come back.
   *
   * @param items each product once
   * @param refund what they have cost
   */
  record ReturnRequested(
      UUID returnId, UUID orderId, UUID customerId, List<ReturnItem> items, Money refund) {
    public ReturnRequested {
      items = List.copyOf(items);
    }
  }

  /** {@code sales.return.approved}: the goods may be sent back. */
  record ReturnApproved(UUID returnId, UUID orderId, UUID customerId) {}

  /**
   * {@code sales.return.received}: the goods are back.
   *
   * @param items each product once
   * @param restock whether they can be sold again; else they are written off
   * @param location where they are
   * @param refund what is given back for them
   */
  record ReturnReceived(
      UUID returnId,
      UUID orderId,
      UUID customerId,
      List<ReturnItem> items,
      boolean restock,
      String location,
      Money refund) {
    public ReturnReceived {
      items = List.copyOf(items);
    }
  }

  /** {@code sales.return.rejected}: the goods do not come back, and nothing is refunded. */
  record ReturnRejected(UUID returnId, UUID orderId, UUID customerId) {}

  /**
   * {@code sales.customer.orders_ended}: no order of a customer whose erasure was requested is open
   * any more. It is no step of an order.
   */
  record CustomerOrdersEnded(UUID customerId) {}
}
