package dev.reserva.cli.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An order as sales shows it. */
public record Order(
    UUID id,
    String number,
    UUID customerId,
    String status,
    @Nullable String reason,
    List<Line> items,
    Amount total,
    @Nullable Part reservation,
    @Nullable Part payment,
    @Nullable Part shipment) {

  public Order {
    items = List.copyOf(items);
  }

  /** A line of an order. */
  public record Line(UUID productId, String sku, String name, int quantity, Amount unitPrice) {}

  /** The order's reservation, payment or shipment. */
  public record Part(UUID id, String status) {}

  /** Whether services still work on it. */
  public boolean underWay() {
    return switch (status) {
      case "PENDING", "PENDING_PAYMENT", "PAID" -> true;
      default -> false;
    };
  }

  /** Such as {@code CANCELLED (out_of_stock)}. */
  public String outcome() {
    return reason == null ? status : status + " (" + reason + ")";
  }

  /** What is needed to place one. */
  public record New(UUID customerId, List<Wanted> items, @Nullable Payment payment) {
    public New {
      items = List.copyOf(items);
    }
  }

  /** A product and how much of it is wanted. */
  public record Wanted(UUID productId, int quantity) {}

  /**
   * @param token steers the built-in provider
   */
  public record Payment(String method, @Nullable String token) {}

  /** One step of an order's history. */
  public record Step(
      Instant at,
      String type,
      @Nullable String from,
      @Nullable String to,
      @Nullable String reason) {}
}
