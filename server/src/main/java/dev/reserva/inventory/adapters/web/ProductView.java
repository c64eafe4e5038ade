package dev.reserva.inventory.adapters.web;

import dev.reserva.contracts.Money;
import dev.reserva.inventory.application.Products.StockedProduct;
import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Product;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as the API shows it.
 *
 * @param stock at all locations together
 * @param available what new orders can reserve: stock less what is reserved or awaited, without
 *     safety stock and locations that are not active
 * @param version of the catalogue's entry; a change of stock is none
 */
record ProductView(
    UUID id,
    @Schema(example = "MUG-01") String sku,
    @Schema(example = "Mug") String name,
    @Nullable String description,
    @Nullable String category,
    Money price,
    @Schema(
            example = "0.19",
            description = "The part of the net price that is owed as tax; null for none.")
        @Nullable String taxRate,
    @Schema(example = "books", description = "What the product is for the tax; null for none.")
        @Nullable String taxCode,
    int stock,
    int reserved,
    @Schema(description = "What new orders can reserve: stock less what is reserved or awaited.")
        int available,
    @Schema(description = "Units that orders wait for.") int awaited,
    @Schema(description = "Available stock at or below which it runs low.") int minStock,
    BackorderView backorder,
    boolean active,
    @Schema(
            description =
                "What one unit consists of, if it is a bundle: it has no stock of its own, and"
                    + " available is what its parts allow. Null for other products.")
        @Nullable List<PartView> bundle,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /** A part of a bundle. */
  @Schema(name = "BundlePart")
  record PartView(
      UUID productId, @Schema(description = "Units in one bundle.", example = "2") int quantity) {

    static @Nullable List<PartView> of(Bundle bundle) {
      return bundle.isNone()
          ? null
          : bundle.parts().stream()
              .map(part -> new PartView(part.productId(), part.quantity()))
              .toList();
    }
  }

  static ProductView of(StockedProduct stocked) {
    Product product = stocked.product();
    return new ProductView(
        product.id(),
        product.sku().value(),
        product.name().value(),
        product.description().orNull(),
        product.category().orNull(),
        product.price(),
        product.taxRate().textOrNull(),
        product.taxCode().orNull(),
        stocked.stock(),
        stocked.reserved(),
        stocked.available(),
        stocked.awaited(),
        product.minStock().value(),
        BackorderView.of(product.backorder()),
        product.active(),
        PartView.of(product.bundle()),
        product.version(),
        product.createdAt(),
        product.updatedAt());
  }

  /** The entity tag: differs whenever anything in the answer does. */
  String etag() {
    if (awaited > 0) {
      return "\"%d.%d.%d.%d.%d\"".formatted(version, stock, reserved, available, awaited);
    }
    return available == stock - reserved
        ? "\"%d.%d.%d\"".formatted(version, stock, reserved)
        : "\"%d.%d.%d.%d\"".formatted(version, stock, reserved, available);
  }

  /** Accepted in {@code If-Match} for the catalogue's entry, whatever its stock is. */
  String versionTag() {
    return "\"" + version + "\"";
  }
}
