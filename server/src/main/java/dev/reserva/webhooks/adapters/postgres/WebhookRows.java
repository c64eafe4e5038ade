package dev.reserva.webhooks.adapters.postgres;

import dev.reserva.messaging.sql.Rows;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryKind;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.DisabledReason;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.EventFilter;
import dev.reserva.webhooks.domain.Secrets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Reads endpoints and deliveries. */
final class WebhookRows {

  private WebhookRows() {}

  static Endpoint endpoint(ResultSet row) throws SQLException {
    String reason = row.getString("disabled_reason");
    return new Endpoint(
        Rows.uuid(row, "id"),
        new Endpoint.Target(
            row.getString("url"),
            Arrays.stream((String[]) row.getArray("filters").getArray())
                .map(EventFilter::new)
                .toList(),
            row.getString("description"),
            row.getBoolean("ordered")),
        EndpointState.valueOf(row.getString("state")),
        reason == null ? null : DisabledReason.valueOf(reason),
        Rows.instantOrNull(row, "failing_since"),
        new Secrets(
            row.getString("secret"),
            row.getString("former_secret"),
            Rows.instantOrNull(row, "former_until")),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        row.getInt("version"));
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "endpoint_id"),
        DeliveryKind.valueOf(row.getString("kind")),
        Rows.uuid(row, "event_id"),
        row.getString("type"),
        Rows.uuid(row, "key"),
        row.getLong("position"),
        row.getString("body"),
        DeliveryStatus.valueOf(row.getString("status")),
        row.getInt("attempts"),
        row.getInt("tries"),
        Rows.instant(row, "due_at"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "ended_at"));
  }
}
