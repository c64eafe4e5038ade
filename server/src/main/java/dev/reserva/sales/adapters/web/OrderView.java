package dev.reserva.sales.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Money;
import dev.reserva.sales.application.PlacedOrder;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.LineTax;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.OrderTax;
import dev.reserva.sales.domain.Part;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.Shipment;
import dev.reserva.sales.domain.TaxMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of an order. Absent values are left out.
 *
 * @param number the human-readable order number
 * @param net the total without the tax; present if a line has a tax rate, as are tax and taxes
 * @param tax the part of the total that is tax: the sum of the lines
 * @param taxes the lines that have a rate, by rate
 * @param previousTotal the draft's total before its submission; only in the answer to the
 *     submission, and only if the total changed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderView(
    UUID id,
    @Schema(example = "R-000123-4") String number,
    UUID customerId,
    @Schema(implementation = OrderStatus.class) String status,
    @Schema(implementation = CancellationReason.class) @Nullable String reason,
    List<ItemView> items,
    Money total,
    @Schema(description = "The total without the tax. Absent if no product has a rate.")
        @Nullable Money net,
    @Schema(description = "The part of the total that is tax: the sum of the lines.")
        @Nullable Money tax,
    @Nullable List<RateView> taxes,
    @Nullable ReservationView reservation,
    @Nullable PaymentView payment,
    @Nullable ShipmentView shipment,
    Instant createdAt,
    Instant updatedAt,
    int version,
    String correlationId,
    @Nullable Money previousTotal) {

  /** The lines of an order that have one rate. */
  public record RateView(@Schema(example = "0.19") String rate, Money net, Money tax, Money total) {

    static RateView of(OrderTax.OfRate of) {
      return new RateView(of.rate().toString(), of.net(), of.tax(), of.total());
    }
  }

  /**
   * @param total what the buyer pays for the line
   * @param taxRate absent if the product had none when it was ordered, as are taxIncluded, net and
   *     tax
   * @param taxIncluded whether the unit price contains the tax
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemView(
      UUID productId,
      @Schema(example = "MUG-01") String sku,
      @Schema(example = "Mug") String name,
      int quantity,
      Money unitPrice,
      Money total,
      @Schema(example = "books") @Nullable String taxCode,
      @Schema(example = "0.19") @Nullable String taxRate,
      @Schema(description = "Whether the unit price contains the tax.")
          @Nullable Boolean taxIncluded,
      @Schema(description = "The total without the tax.") @Nullable Money net,
      @Schema(description = "The part of the total that is tax.") @Nullable Money tax,
      @Schema(
              description =
                  "What one unit consists of, as it was ordered. Absent if the product is no bundle.")
          @Nullable List<PartView> parts) {

    static ItemView of(OrderLine line) {
      LineTax tax = line.tax();
      return new ItemView(
          line.productId(),
          line.sku(),
          line.name(),
          line.quantity().value(),
          line.unitPrice(),
          line.total(),
          line.taxCode(),
          tax == null ? null : tax.rate().toString(),
          tax == null ? null : tax.mode() == TaxMode.INCLUDED,
          tax == null ? null : line.net(),
          tax == null ? null : tax.amount(),
          line.parts().isEmpty() ? null : line.parts().stream().map(PartView::of).toList());
    }
  }

  /** A part of an ordered bundle. */
  @Schema(name = "OrderedPart")
  public record PartView(
      UUID productId,
      @Schema(example = "MUG-01") String sku,
      @Schema(example = "Mug") String name,
      @Schema(description = "Units in one bundle.", example = "2") int quantity) {

    static PartView of(Part part) {
      return new PartView(part.productId(), part.sku(), part.name(), part.quantity());
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReservationView(
      UUID id,
      @Schema(implementation = Reservation.Status.class) String status,
      @Nullable Instant expiresAt,
      @Schema(description = "What the order waits for; absent if its stock is held.")
          @Nullable List<AwaitedView> awaited) {

    static @Nullable ReservationView of(@Nullable Reservation reservation) {
      return reservation == null
          ? null
          : new ReservationView(
              reservation.id(),
              reservation.status().name(),
              reservation.expiresAt(),
              reservation.awaited().isEmpty()
                  ? null
                  : reservation.awaited().stream().map(AwaitedView::of).toList());
    }
  }

  /**
   * @param expectedAt when the stock was expected at the time of the order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record AwaitedView(UUID productId, int quantity, @Nullable Instant expectedAt) {
    static AwaitedView of(AwaitedUnits units) {
      return new AwaitedView(units.productId(), units.quantity(), units.expectedAt());
    }
  }

  /**
   * @param method present while the payment waits for the buyer, as are code and dueAt
   * @param code the code that the buyer pays with, for pix and boleto
   * @param dueAt the time until which the buyer can pay
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record PaymentView(
      UUID id,
      @Schema(implementation = Payment.Status.class) String status,
      @Schema(implementation = PaymentMethod.class) @Nullable String method,
      @Nullable String code,
      @Nullable Instant dueAt) {

    static @Nullable PaymentView of(@Nullable Payment payment) {
      if (payment == null) {
        return null;
      }
      Payment.Instructions instructions = payment.instructions();
      return instructions == null
          ? new PaymentView(payment.id(), payment.status().name(), null, null, null)
          : new PaymentView(
              payment.id(),
              payment.status().name(),
              instructions.method().wire(),
              instructions.code(),
              instructions.dueAt());
    }
  }

  /**
   * The shipment that moved last. An order can have several.
   *
   * @param openUnits units of the order that have not left
   */
  public record ShipmentView(
      UUID id,
      @Schema(implementation = Shipment.Status.class) String status,
      @Schema(description = "Units of the order that have not left.") int openUnits) {

    static @Nullable ShipmentView of(@Nullable Shipment shipment) {
      return shipment == null
          ? null
          : new ShipmentView(shipment.id(), shipment.status().name(), shipment.openUnits());
    }
  }

  static OrderView of(PlacedOrder order) {
    return submitted(order, null);
  }

  static OrderView submitted(PlacedOrder order, @Nullable Money previousTotal) {
    OrderTax tax = OrderTax.of(order.lines()).orElse(null);
    return of(
        order.state(),
        order.lines().stream().map(ItemView::of).toList(),
        tax == null ? null : tax.net(),
        tax == null ? null : tax.tax(),
        tax == null ? null : tax.rates().stream().map(RateView::of).toList(),
        previousTotal);
  }

  /** The same order in a later state, with the same lines. */
  OrderView later(OrderState state) {
    return of(state, items, net, tax, taxes, null);
  }

  /** The entity tag. It changes whenever anything in the answer changes. */
  static String etag(OrderState state) {
    return "\"%d.%d\""
        .formatted(state.version(), ChronoUnit.MICROS.between(Instant.EPOCH, state.updatedAt()));
  }

  /** A weaker tag for {@code If-Match}: it changes only with the order's version. */
  static String versionTag(OrderState state) {
    return "\"" + state.version() + "\"";
  }

  private static OrderView of(
      OrderState state,
      List<ItemView> items,
      @Nullable Money net,
      @Nullable Money tax,
      @Nullable List<RateView> taxes,
      @Nullable Money previousTotal) {
    CancellationReason reason = state.reason();
    return new OrderView(
        state.id(),
        state.number().toString(),
        state.customerId(),
        state.status().name(),
        reason == null ? null : reason.wire(),
        items,
        state.total(),
        net,
        tax,
        taxes,
        ReservationView.of(state.reservation()),
        PaymentView.of(state.payment()),
        ShipmentView.of(state.shipment()),
        state.createdAt(),
        state.updatedAt(),
        state.version(),
        state.correlationId(),
        previousTotal);
  }
}
