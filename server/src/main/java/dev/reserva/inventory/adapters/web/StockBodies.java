package dev.reserva.inventory.adapters.web;

import dev.reserva.contracts.Locations;
import dev.reserva.inventory.application.ReserveStock;
import dev.reserva.inventory.domain.Basket;
import dev.reserva.inventory.domain.Line;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.PhysicalStock;
import dev.reserva.inventory.domain.SafetyStock;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bodies of requests that change or reserve stock. */
final class StockBodies {

  private StockBodies() {}

  /** {@code PATCH /api/inventory/products/{id}/stock}: what is left out stays as it is. */
  record CountedStock(
      @Schema(description = "The physical quantity.", minimum = "0", example = "100")
          @Nullable Integer stock,
      @Schema(
              description = "Physical stock that orders may not reserve.",
              minimum = "0",
              example = "5")
          @Nullable Integer safetyStock,
      @Schema(minLength = 1, maxLength = LocationCode.MAX_LENGTH, defaultValue = Locations.MAIN)
          @Nullable String location) {

    /** At least one of the quantities is present. */
    record Parsed(
        @Nullable PhysicalStock stock, @Nullable SafetyStock safetyStock, LocationCode location) {}

    Parsed parsed() {
      var errors = new InputErrors();
      var safety = errors.optional("/safetyStock", safetyStock, SafetyStock::new);
      var physical = errors.optional("/stock", stock, PhysicalStock::new);
      if (stock == null && safetyStock == null) {
        errors.add("/stock", "must be given, or safetyStock");
      }
      var place = errors.optional("/location", location, LocationCode::of);
      errors.throwIfAny();
      return new Parsed(physical, safety, Objects.requireNonNullElse(place, LocationCode.MAIN));
    }
  }

  /** {@code POST /api/inventory/stock/add} */
  record ReceivedStock(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID productId,
      @Schema(requiredMode = RequiredMode.REQUIRED, minimum = "1", example = "20")
          @Nullable Integer quantity,
      @Schema(minLength = 1, maxLength = LocationCode.MAX_LENGTH, defaultValue = Locations.MAIN)
          @Nullable String location,
      @Schema(example = "delivery 17") @Nullable String reason) {}

  /** {@code POST /api/inventory/stock/reserve} */
  record WantedStock(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID orderId,
      @ArraySchema(minItems = 1, maxItems = MAX_ITEMS) @Schema(requiredMode = RequiredMode.REQUIRED)
          @Nullable List<@Nullable Wanted> items,
      @Schema(minimum = "1", maximum = "" + TimeToLive.MAX_SECONDS) @Nullable Integer ttlSeconds) {

    /** As many as an order may have. */
    private static final int MAX_ITEMS = 2_000;

    private static final int MAX_QUANTITY = 1_000_000;

    record Wanted(
        @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID productId,
        @Schema(
                requiredMode = RequiredMode.REQUIRED,
                minimum = "1",
                maximum = "" + MAX_QUANTITY,
                example = "2")
            @Nullable Integer quantity) {}

    ReserveStock.Command parsed(TimeToLive defaultTtl, RequestContext request) {
      var errors = new InputErrors();
      var order = errors.required("/orderId", orderId);
      var wanted = errors.required("/items", items);
      var ttl = errors.optional("/ttlSeconds", ttlSeconds, TimeToLive::new);
      List<Line> lines = new ArrayList<>();
      if (wanted != null && (wanted.isEmpty() || wanted.size() > MAX_ITEMS)) {
        errors.add("/items", "must have 1..%d lines, had %d".formatted(MAX_ITEMS, wanted.size()));
      } else if (wanted != null) {
        for (int i = 0; i < wanted.size(); i++) {
          Line line = line("/items/" + i, wanted.get(i), errors);
          if (line != null) {
            lines.add(line);
          }
        }
      }
      errors.throwIfAny();
      return new ReserveStock.Command(
          Objects.requireNonNull(order),
          Basket.of(lines),
          ttl == null ? defaultTtl : ttl,
          request.cause());
    }

    private static @Nullable Line line(
        String pointer, @Nullable Wanted wanted, InputErrors errors) {
      if (errors.required(pointer, wanted) == null || wanted == null) {
        return null;
      }
      UUID product = errors.required(pointer + "/productId", wanted.productId());
      Integer quantity = errors.required(pointer + "/quantity", wanted.quantity());
      if (quantity != null && (quantity < 1 || quantity > MAX_QUANTITY)) {
        errors.add(
            pointer + "/quantity",
            "quantity must be 1..%d, was %d".formatted(MAX_QUANTITY, quantity));
        return null;
      }
      return product == null || quantity == null ? null : new Line(product, quantity);
    }
  }
}
