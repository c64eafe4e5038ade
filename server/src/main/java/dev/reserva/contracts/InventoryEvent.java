package dev.reserva.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the inventory service; those that concern an order are keyed by it, the others by their
 * product.
 */
public sealed interface InventoryEvent {

  /**
   * Units of a product.
   *
   * @param quantity at least 1
   * @param location code of the location that holds them; absent for {@link Locations#MAIN}. A
   *     product that several locations hold has a line for each
   */
  record Line(UUID productId, int quantity, @Nullable String location) {}

  /**
   * Units of a product that an order waits for.
   *
   * @param quantity at least 1
   * @param expectedAt when the stock was expected at the time of the order; absent if unknown
   */
  record Awaited(UUID productId, int quantity, @Nullable Instant expectedAt) {}

  /**
   * @param available what could have been had
   */
  record Shortage(UUID productId, int requested, int available) {}

  /**
   * A part of a bundle.
   *
   * @param quantity units in one bundle, at least 1
   */
  record Part(UUID productId, int quantity) {}

  /**
   * {@code inventory.product.created}
   *
   * @param taxRate as {@link TaxRate} reads it; absent if the product has none
   * @param taxCode what the product is for the tax; absent if the product has none
   * @param bundle what one unit consists of; absent if the product is no bundle
   */
  record ProductCreated(
      UUID productId,
      String sku,
      String name,
      @Nullable String category,
      Money price,
      boolean active,
      @Nullable String taxRate,
      @Nullable String taxCode,
      @Nullable List<Part> bundle)
      implements InventoryEvent {
    public ProductCreated {
      bundle = bundle == null ? null : List.copyOf(bundle);
    }

    /** Of a product that is no bundle. */
    public ProductCreated(
        UUID productId,
        String sku,
        String name,
        @Nullable String category,
        Money price,
        boolean active,
        @Nullable String taxRate,
        @Nullable String taxCode) {
      this(productId, sku, name, category, price, active, taxRate, taxCode, null);
    }
  }

  /**
   * {@code inventory.product.updated}: how the product is now.
   *
   * @param taxRate as {@link TaxRate} reads it; absent if the product has none
   * @param taxCode what the product is for the tax; absent if the product has none
   * @param bundle what one unit consists of; absent if the product is no bundle
   */
  record ProductUpdated(
      UUID productId,
      String sku,
      String name,
      @Nullable String category,
      Money price,
      boolean active,
      @Nullable String taxRate,
      @Nullable String taxCode,
      @Nullable List<Part> bundle)
      implements InventoryEvent {
    public ProductUpdated {
      bundle = bundle == null ? null : List.copyOf(bundle);
    }

    /** Of a product that is no bundle. */
    public ProductUpdated(
        UUID productId,
        String sku,
        String name,
        @Nullable String category,
        Money price,
        boolean active,
        @Nullable String taxRate,
        @Nullable String taxCode) {
      this(productId, sku, name, category, price, active, taxRate, taxCode, null);
    }
  }

  /** {@code inventory.product.discontinued}: can no longer be ordered. */
  record ProductDiscontinued(UUID productId, String sku) implements InventoryEvent {}

  /**
   * {@code inventory.stock.adjusted}: physical stock changed other than by an order's way to the
   * customer.
   *
   * @param kind {@code RECEIVED}, {@code ADJUSTED} or {@code RETURNED}
   * @param change may be negative
   * @param stock physical stock of the location after the change
   * @param location code of the location; absent for {@link Locations#MAIN}
   */
  record StockAdjusted(
      UUID productId,
      String kind,
      int change,
      int stock,
      @Nullable String reason,
      @Nullable String location)
      implements InventoryEvent {}

  /**
   * {@code inventory.stock.transferred}: units have left a location for another one, or a transfer
   * has ended.
   *
   * @param status {@code IN_TRANSIT}, {@code RECEIVED} (at {@code to}) or {@code CANCELLED} (back
   *     at {@code from})
   */
  record StockTransferred(
      UUID transferId, UUID productId, int quantity, String from, String to, String status)
      implements InventoryEvent {}

  /**
   * {@code inventory.location.created}
   *
   * @param priority a lower number serves orders first
   * @param active whether orders are served from it
   */
  record LocationCreated(UUID locationId, String code, String name, int priority, boolean active)
      implements InventoryEvent {}

  /** {@code inventory.location.updated}: how the location is now. */
  record LocationUpdated(UUID locationId, String code, String name, int priority, boolean active)
      implements InventoryEvent {}

  /**
   * {@code inventory.stock.reserved}: every line of the order is held, or waits for stock.
   *
   * @param lines what is held
   * @param awaited what the order waits for; absent if every line is held
   */
  record StockReserved(
      UUID orderId,
      UUID reservationId,
      List<Line> lines,
      Instant expiresAt,
      @Nullable List<Awaited> awaited)
      implements InventoryEvent {
    public StockReserved {
      lines = List.copyOf(lines);
      awaited = awaited == null ? null : List.copyOf(awaited);
    }
  }

  /**
   * {@code inventory.stock.allocated}: the stock of a product is held for an order that waited for
   * it.
   *
   * @param productId the product
   * @param lines everything that is held for the order now
   * @param awaited what the order still waits for
   */
  record StockAllocated(
      UUID orderId, UUID reservationId, UUID productId, List<Line> lines, List<Awaited> awaited)
      implements InventoryEvent {
    public StockAllocated {
      lines = List.copyOf(lines);
      awaited = List.copyOf(awaited);
    }
  }

  /**
   * {@code inventory.stock.insufficient}: the order cannot be reserved whole, so nothing of it is.
   *
   * @param unknownProducts products that inventory does not have, or that can no longer be ordered
   */
  record StockInsufficient(UUID orderId, List<Shortage> shortages, List<UUID> unknownProducts)
      implements InventoryEvent {
    public StockInsufficient {
      shortages = List.copyOf(shortages);
      unknownProducts = List.copyOf(unknownProducts);
    }
  }

  /** {@code inventory.stock.extended}: the reservation ends later than it said. */
  record StockExtended(UUID orderId, UUID reservationId, Instant expiresAt)
      implements InventoryEvent {}

  /**
   * {@code inventory.stock.confirmed}: the reservation became a definite decrement.
   *
   * @param renewed whether it had ended before and the stock was reserved anew
   */
  record StockConfirmed(UUID orderId, UUID reservationId, List<Line> lines, boolean renewed)
      implements InventoryEvent {
    public StockConfirmed {
      lines = List.copyOf(lines);
    }
  }

  /**
   * {@code inventory.stock.released}: the reservation was given back.
   *
   * @param reason {@code cancelled}, {@code expired} or {@code manual}
   */
  record StockReleased(UUID orderId, UUID reservationId, List<Line> lines, String reason)
      implements InventoryEvent {
    public StockReleased {
      lines = List.copyOf(lines);
    }
  }

  /**
   * {@code inventory.stock.confirmation_failed}: payment came for a reservation that is gone and
   * could not be renewed.
   *
   * @param shortages what stood in the way of renewing it
   */
  record StockConfirmationFailed(UUID orderId, List<Shortage> shortages) implements InventoryEvent {
    public StockConfirmationFailed {
      shortages = List.copyOf(shortages);
    }
  }

  /**
   * {@code inventory.stock.low}: available stock fell to the minimum or below; once per crossing.
   */
  record StockLow(UUID productId, String sku, int available, int minStock)
      implements InventoryEvent {}

  /** {@code inventory.stock.depleted}: available stock fell to zero; once per crossing. */
  record StockDepleted(UUID productId, String sku) implements InventoryEvent {}
}
