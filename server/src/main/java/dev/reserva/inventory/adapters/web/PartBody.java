package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.domain.Bundle;
import dev.reserva.inventory.domain.Line;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A part of a bundle in a request. */
record PartBody(
    @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID productId,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            description = "Units in one bundle.",
            minimum = "1",
            maximum = "" + Bundle.MOST_UNITS,
            example = "2")
        @Nullable Integer quantity) {

  /**
   * Reads the parts of a request.
   *
   * @return absent if the request has none, or if something is wrong
   */
  static @Nullable Bundle parsed(@Nullable List<@Nullable PartBody> parts, InputErrors errors) {
    if (parts == null) {
      return null;
    }
    if (parts.isEmpty() || parts.size() > Bundle.MOST_PARTS) {
      errors.add(
          "/bundle", "must have 1..%d parts, had %d".formatted(Bundle.MOST_PARTS, parts.size()));
      return null;
    }
    List<Line> lines = new ArrayList<>(parts.size());
    for (int i = 0; i < parts.size(); i++) {
      Line line = line("/bundle/" + i, parts.get(i), errors);
      if (line != null) {
        lines.add(line);
      }
    }
    return lines.size() < parts.size() ? null : errors.check("/bundle", () -> Bundle.of(lines));
  }

  private static @Nullable Line line(String pointer, @Nullable PartBody part, InputErrors errors) {
    if (errors.required(pointer, part) == null || part == null) {
      return null;
    }
    UUID product = errors.required(pointer + "/productId", part.productId());
    Integer quantity = errors.required(pointer + "/quantity", part.quantity());
    if (quantity != null && (quantity < 1 || quantity > Bundle.MOST_UNITS)) {
      errors.add(
          pointer + "/quantity",
          "quantity must be 1..%d, was %d".formatted(Bundle.MOST_UNITS, quantity));
      return null;
    }
    return product == null || quantity == null
        ? null
        : new Line(product, Objects.requireNonNull(quantity));
  }
}
