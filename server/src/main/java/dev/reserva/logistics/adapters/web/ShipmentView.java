package dev.reserva.logistics.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.logistics.domain.Line;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.logistics.domain.ShipmentStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A shipment as the API shows it.
 *
 * @param part number of the shipment among those of its order
 * @param endedAt when it was cancelled or returned
 * @param restId the further shipment with what stays; only in the answer to its dispatch in part
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ShipmentView(
    UUID id,
    UUID orderId,
    UUID customerId,
    @Schema(example = "MAIN") String location,
    @Schema(description = "Its number among the shipments of the order.") int part,
    @Schema(implementation = ShipmentStatus.class) String status,
    List<Item> items,
    @Nullable String carrier,
    @Nullable String trackingCode,
    Instant createdAt,
    @Nullable Instant dispatchedAt,
    @Nullable Instant deliveredAt,
    @Schema(description = "When it was cancelled or returned.") @Nullable Instant endedAt,
    int version,
    @Schema(description = "The further shipment with what stays, after a dispatch in part.")
        @Nullable UUID restId) {

  record Item(
      UUID productId,
      @Schema(example = "MUG-01") String sku,
      @Schema(example = "Mug") String name,
      int quantity) {

    private static Item of(Line line) {
      return new Item(line.productId(), line.sku(), line.name(), line.quantity());
    }
  }

  static ShipmentView of(Shipment shipment) {
    return of(shipment, null);
  }

  static ShipmentView of(Shipment shipment, @Nullable Shipment rest) {
    return new ShipmentView(
        shipment.id(),
        shipment.orderId(),
        shipment.customerId(),
        shipment.location().code(),
        shipment.part(),
        shipment.status().name(),
        shipment.lines().stream().map(Item::of).toList(),
        shipment.carriage().carrier(),
        shipment.carriage().trackingCode(),
        shipment.createdAt(),
        shipment.dispatchedAt(),
        shipment.deliveredAt(),
        shipment.endedAt(),
        shipment.version(),
        rest == null ? null : rest.id());
  }

  static String etag(Shipment shipment) {
    return "\"" + shipment.version() + "\"";
  }
}
