package dev.reserva.sales.adapters.web;

import static java.util.Objects.requireNonNullElse;

import dev.reserva.contracts.Money;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.sales.domain.Basket;
import dev.reserva.sales.domain.Destination;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Receipt;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnedUnits;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parses the bodies of requests about returns into domain values. */
final class ReturnBodies {

  private ReturnBodies() {}

  /**
   * @param restock true if absent
   * @param location the default location if absent
   */
  @Schema(
      name = "ReturnRequest",
      description =
          "Without items, everything comes back that has not. Staff alone says restock and location.")
  record RequestBody(
      @ArraySchema(minItems = 1, maxItems = Basket.MAX_ITEMS) @Nullable List<ItemBody> items,
      @Nullable Boolean restock,
      @Schema(minLength = 1, maxLength = Destination.MAX_CODE_LENGTH, example = "MAIN")
          @Nullable String location,
      @Schema(minLength = 1, maxLength = Return.MAX_TEXT_LENGTH, example = "too small")
          @Nullable String reason) {

    static final RequestBody EMPTY = new RequestBody(null, null, null, null);
  }

  @Schema(name = "ReturnItem", description = "Units of a product that come back.")
  record ItemBody(
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable UUID productId,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minimum = "1",
              maximum = "" + Quantity.MAX,
              example = "2")
          @Nullable Integer quantity) {}

  @Schema(
      name = "ReturnReceipt",
      description =
          "What is left out stays as it was requested. Less than the price of the goods needs a reason.")
  record ReceiveBody(
      @Nullable Money refund,
      @Schema(minLength = 1, maxLength = Return.MAX_TEXT_LENGTH, example = "the box was open")
          @Nullable String reason,
      @Nullable Boolean restock,
      @Schema(minLength = 1, maxLength = Destination.MAX_CODE_LENGTH, example = "MAIN")
          @Nullable String location) {

    static final ReceiveBody EMPTY = new ReceiveBody(null, null, null, null);

    /**
     * @throws Problem 400 with everything that is wrong
     */
    Receipt parsed() {
      var errors = new InputErrors();
      String note = errors.optional("/reason", reason, text -> Return.text("reason", text));
      Destination to = errors.optional("/location", location, code -> new Destination(true, code));
      errors.throwIfAny();
      return new Receipt(refund, note, restock, to == null ? null : to.location());
    }
  }

  @Schema(name = "ReturnRejection")
  record RejectBody(
      @Schema(minLength = 1, maxLength = Return.MAX_TEXT_LENGTH, example = "after 30 days")
          @Nullable String reason) {

    static final RejectBody EMPTY = new RejectBody(null);

    /**
     * @throws Problem 400 if the reason cannot be one
     */
    @Nullable String parsed() {
      var errors = new InputErrors();
      String note = errors.optional("/reason", reason, text -> Return.text("reason", text));
      errors.throwIfAny();
      return note;
    }
  }

  /** What a request asks for. */
  record Parsed(ReturnedUnits units, Destination destination, String reason) {}

  /**
   * @param byStaff whether the caller may say where the goods go
   * @throws Problem 400 with everything that is wrong, 403 for a customer who says where they go
   */
  static Parsed parsed(RequestBody body, boolean byStaff) {
    var errors = new InputErrors();
    ReturnedUnits units =
        body.items() == null ? ReturnedUnits.EVERYTHING : units(body.items(), errors);
    Destination to =
        errors.optional(
            "/location",
            requireNonNullElse(body.location(), Destination.STOCK.location()),
            code -> new Destination(requireNonNullElse(body.restock(), true), code));
    String reason = errors.optional("/reason", body.reason(), text -> Return.text("reason", text));
    errors.throwIfAny();
    if (!byStaff && (body.restock() != null || body.location() != null)) {
      throw Problem.forbidden("restock and location are for staff to say");
    }
    return new Parsed(
        units,
        requireNonNullElse(to, Destination.STOCK),
        requireNonNullElse(reason, Return.WITHOUT_REASON));
  }

  private static ReturnedUnits units(List<ItemBody> items, InputErrors errors) {
    if (items.isEmpty() || items.size() > Basket.MAX_ITEMS) {
      errors.add(
          "/items", "must have 1..%d lines, had %d".formatted(Basket.MAX_ITEMS, items.size()));
      return ReturnedUnits.EVERYTHING;
    }
    List<ReturnedUnits.Units> named = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      ItemBody item = items.get(i);
      UUID product = errors.required("/items/" + i + "/productId", item.productId());
      Quantity quantity =
          errors.required("/items/" + i + "/quantity", item.quantity(), Quantity::new);
      if (product != null && quantity != null) {
        named.add(new ReturnedUnits.Units(product, quantity));
      }
    }
    return ReturnedUnits.of(named);
  }
}
