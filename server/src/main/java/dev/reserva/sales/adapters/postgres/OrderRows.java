package dev.reserva.sales.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.sales.domain.AwaitedUnits;
import dev.reserva.sales.domain.CancellationReason;
import dev.reserva.sales.domain.HeldUnits;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderNumber;
import dev.reserva.sales.domain.OrderState;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Payment;
import dev.reserva.sales.domain.PaymentChoice;
import dev.reserva.sales.domain.PaymentMethod;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Reservation;
import dev.reserva.sales.domain.Shipment;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads orders and lines from their rows. */
final class OrderRows {

  private OrderRows() {}

  static OrderState state(ResultSet row) throws SQLException {
    return new OrderState(
        Rows.uuid(row, "id"),
        new OrderNumber(row.getLong("number")),
        Rows.uuid(row, "customer_id"),
        OrderStatus.valueOf(row.getString("status")),
        reason(row),
        money(row.getBigDecimal("total"), row.getString("currency")),
        paymentChoice(row),
        row.getString("shipping_address"),
        reservation(row),
        payment(row),
        shipment(row),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        row.getInt("version"),
        row.getString("correlation_id"),
        row.getString("note"));
  }

  private static @Nullable CancellationReason reason(ResultSet row) throws SQLException {
    String wire = row.getString("reason");
    return wire == null ? null : CancellationReason.ofWire(wire).orElseThrow();
  }

  private static @Nullable PaymentChoice paymentChoice(ResultSet row) throws SQLException {
    String method = row.getString("payment_method");
    return method == null
        ? null
        : new PaymentChoice(PaymentMethod.ofWire(method), row.getString("payment_token"));
  }

  private static @Nullable Reservation reservation(ResultSet row) throws SQLException {
    UUID id = Rows.uuidOrNull(row, "reservation_id");
    return id == null
        ? null
        : new Reservation(
            id,
            Reservation.Status.valueOf(row.getString("reservation_status")),
            Rows.instantOrNull(row, "reservation_expires_at"),
            held(row),
            awaited(row));
  }

  private static List<AwaitedUnits> awaited(ResultSet row) throws SQLException {
    Array products = row.getArray("awaited_products");
    if (products == null) {
      return List.of();
    }
    UUID[] ids = (UUID[]) products.getArray();
    Integer[] quantities = (Integer[]) row.getArray("awaited_quantities").getArray();
    @Nullable Timestamp[] dates = (Timestamp[]) row.getArray("awaited_dates").getArray();
    List<AwaitedUnits> awaited = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      Timestamp date = dates[i];
      awaited.add(new AwaitedUnits(ids[i], quantities[i], date == null ? null : date.toInstant()));
    }
    return awaited;
  }

  private static List<HeldUnits> held(ResultSet row) throws SQLException {
    Array products = row.getArray("held_products");
    if (products == null) {
      return List.of();
    }
    UUID[] ids = (UUID[]) products.getArray();
    String[] locations = (String[]) row.getArray("held_locations").getArray();
    Integer[] quantities = (Integer[]) row.getArray("held_quantities").getArray();
    List<HeldUnits> held = new ArrayList<>(ids.length);
    for (int i = 0; i < ids.length; i++) {
      held.add(new HeldUnits(ids[i], locations[i], quantities[i]));
    }
    return held;
  }

  private static @Nullable Payment payment(ResultSet row) throws SQLException {
    UUID id = Rows.uuidOrNull(row, "payment_id");
    return id == null
        ? null
        : new Payment(
            id, Payment.Status.valueOf(row.getString("payment_status")), instructions(row));
  }

  private static @Nullable Shipment shipment(ResultSet row) throws SQLException {
    UUID id = Rows.uuidOrNull(row, "shipment_id");
    return id == null
        ? null
        : new Shipment(
            id,
            Shipment.Status.valueOf(row.getString("shipment_status")),
            row.getInt("shipment_open"),
            row.getInt("shipment_revision"));
  }

  private static Payment.@Nullable Instructions instructions(ResultSet row) throws SQLException {
    String method = row.getString("pay_method");
    return method == null
        ? null
        : new Payment.Instructions(
            PaymentMethod.ofWire(method),
            row.getString("pay_code"),
            Rows.instantOrNull(row, "pay_by"));
  }

  static OrderLine line(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    BigDecimal rate = row.getBigDecimal("tax_rate");
    return new OrderLine(
        Rows.uuid(row, "product_id"),
        row.getString("sku"),
        row.getString("name"),
        new Quantity(row.getInt("quantity")),
        money(row.getBigDecimal("unit_price"), currency),
        row.getString("tax_code"),
        rate == null
            ? null
            : TaxColumns.tax(
                rate, row.getBigDecimal("tax"), row.getBoolean("tax_included"), currency),
        PartColumns.parts(row));
  }

  /** The column holds four digits after the point, money as many as its currency has. */
  static Money money(BigDecimal amount, String currency) {
    return new Money(amount, currency);
  }
}
