package dev.reserva.logistics.adapters.web;

import dev.reserva.logistics.domain.Carriage;
import dev.reserva.logistics.domain.Quantity;
import dev.reserva.logistics.domain.Selection;
import dev.reserva.logistics.domain.Shipment;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/shipments/{id}/dispatch}: everything in it may be left out. */
@Schema(description = "Without lines, the whole shipment leaves.")
record DispatchBody(
    @Schema(minLength = 1, maxLength = Carriage.MAX_LENGTH, example = "Correios")
        @Nullable String carrier,
    @Schema(minLength = 1, maxLength = Carriage.MAX_LENGTH, example = "QB123456785BR") @NotFreeText
        @Nullable String trackingCode,
    @ArraySchema(minItems = 1, maxItems = Shipment.MAX_LINES) @Nullable List<LineBody> lines) {

  static final DispatchBody EMPTY = new DispatchBody(null, null, null);

  @Schema(name = "DispatchLine", description = "Units of a product that leave.")
  record LineBody(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID productId,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minimum = "1",
              maximum = "" + Quantity.MAX,
              example = "2")
          @Nullable Integer quantity) {}

  /** What the body asks for. */
  record Parsed(Selection selection, Carriage carriage) {}

  /**
   * @throws dev.reserva.platform.web.Problem 400 with everything that is wrong
   */
  Parsed parsed() {
    var errors = new InputErrors();
    String by = errors.optional("/carrier", carrier, Carriage::carrier);
    String code = errors.optional("/trackingCode", trackingCode, Carriage::trackingCode);
    Selection selection = lines == null ? Selection.EVERYTHING : selection(lines, errors);
    errors.throwIfAny();
    return new Parsed(selection, new Carriage(by, code));
  }

  private static Selection selection(List<LineBody> lines, InputErrors errors) {
    if (lines.isEmpty() || lines.size() > Shipment.MAX_LINES) {
      errors.add(
          "/lines", "must have 1..%d lines, had %d".formatted(Shipment.MAX_LINES, lines.size()));
      return Selection.EVERYTHING;
    }
    List<Selection.Units> named = new ArrayList<>(lines.size());
    for (int i = 0; i < lines.size(); i++) {
      LineBody line = lines.get(i);
      UUID product = errors.required("/lines/" + i + "/productId", line.productId());
      Quantity quantity =
          errors.required("/lines/" + i + "/quantity", line.quantity(), Quantity::new);
      if (product != null && quantity != null) {
        named.add(new Selection.Units(product, quantity));
      }
    }
    return Selection.of(named);
  }
}
