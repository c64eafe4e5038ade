package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.domain.Balance;
import dev.reserva.financial.domain.Instructions;
import dev.reserva.financial.domain.Payment;
import dev.reserva.financial.domain.PaymentChoice;
import dev.reserva.financial.domain.PaymentMethod;
import dev.reserva.financial.domain.PaymentState;
import dev.reserva.financial.domain.PaymentStatus;
import dev.reserva.financial.domain.PaymentTerms;
import dev.reserva.financial.domain.SettledBy;
import dev.reserva.financial.domain.Trail;
import dev.reserva.messaging.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads payments from their rows. */
final class PaymentRows {

  private PaymentRows() {}

  static Payment payment(ResultSet row) throws SQLException {
    String currency = row.getString("currency");
    Money amount = new Money(row.getBigDecimal("amount"), currency);
    String settledBy = row.getString("settled_by");
    return new Payment(
        new PaymentTerms(
            Rows.uuid(row, "id"),
            Rows.uuid(row, "order_id"),
            Rows.uuid(row, "customer_id"),
            amount,
            new PaymentChoice(PaymentMethod.parse(row.getString("method")), row.getString("token")),
            Rows.uuidOrNull(row, "replaces"),
            row.getInt("tries_left"),
            new Trail(
                row.getString("correlation_id"),
                Rows.uuidOrNull(row, "causation_id"),
                row.getString("traceparent"),
                row.getString("tracestate")),
            Rows.instant(row, "created_at")),
        new PaymentState(
            PaymentStatus.valueOf(row.getString("status")),
            row.getBoolean("waiting")
                ? new Instructions(row.getString("pay_code"), Rows.instantOrNull(row, "pay_by"))
                : null,
            row.getBoolean("unwanted"),
            Rows.uuidOrNull(row, "replaced_by"),
            row.getInt("attempts"),
            Rows.instantOrNull(row, "due_at"),
            settledBy == null ? null : SettledBy.valueOf(settledBy),
            row.getString("transaction_id"),
            row.getString("failure"),
            new Balance(
                amount,
                new Money(row.getBigDecimal("refunded"), currency),
                new Money(row.getBigDecimal("owed"), currency)),
            Rows.instantOrNull(row, "processed_at")));
  }
}
