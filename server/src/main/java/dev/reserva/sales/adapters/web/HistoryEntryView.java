package dev.reserva.sales.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.sales.application.ReadOrderHistory;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event of an order's history.
 *
 * @param causationId the event that caused this one; null if a request caused it
 * @param byHand true if the event was published by hand; otherwise left out
 */
public record HistoryEntryView(
    Instant at,
    UUID eventId,
    @Schema(example = "sales.order.created") String type,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String from,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String to,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
    @Nullable UUID causationId,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean byHand) {

  static HistoryEntryView of(ReadOrderHistory.HistoryEntry entry) {
    return new HistoryEntryView(
        entry.at(),
        entry.eventId(),
        entry.type(),
        entry.from(),
        entry.to(),
        entry.reason(),
        entry.causationId(),
        entry.byHand() ? true : null);
  }
}
