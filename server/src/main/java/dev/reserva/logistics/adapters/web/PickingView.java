package dev.reserva.logistics.adapters.web;

import dev.reserva.logistics.application.Shipments.Picking;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.UUID;

/**
 * What has to be picked of one product.
 *
 * @param quantity units in all shipments
 * @param shipmentCount how many shipments need it
 * @param shipments the oldest of them
 */
record PickingView(
    UUID productId,
    @Schema(example = "MUG-01") String sku,
    @Schema(example = "Mug") String name,
    @Schema(description = "Units in all shipments.") long quantity,
    @Schema(description = "How many shipments need it.") long shipmentCount,
    @Schema(description = "The oldest shipments that need it, at most 50.") List<Need> shipments) {

  /** Most shipments that are named for a product. */
  static final int MOST_SHIPMENTS = 50;

  record Need(UUID shipmentId, int quantity) {}

  static PickingView of(Picking picking) {
    return new PickingView(
        picking.productId(),
        picking.sku(),
        picking.name(),
        picking.quantity(),
        picking.shipments(),
        picking.oldest().stream()
            .map(need -> new Need(need.shipmentId(), need.quantity()))
            .toList());
  }
}
