package dev.reserva.inventory.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.inventory.domain.AllocationReason;
import dev.reserva.inventory.domain.Reservation;
import dev.reserva.inventory.domain.ReservationStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as the API shows it.
 *
 * @param endedAt when it was confirmed, released or expired
 * @param renewals how often its stock was reserved anew after it had ended
 * @param returnedAt when confirmed goods came back into stock
 * @param extended whether it was made to end later, which is possible once
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReservationView(
    UUID id,
    UUID orderId,
    @Schema(implementation = ReservationStatus.class) String status,
    List<Item> items,
    @Schema(description = "What the order waits for; absent if everything is held.")
        @Nullable List<AwaitedItem> awaited,
    @Schema(implementation = AllocationReason.class, description = "Why these locations hold it.")
        String allocation,
    Instant expiresAt,
    Instant createdAt,
    @Nullable Instant endedAt,
    @Schema(description = "How often it was reserved anew.") int renewals,
    @Nullable Instant returnedAt,
    @Schema(description = "Whether it was made to end later.") boolean extended) {

  record Item(UUID productId, int quantity, @Schema(example = "MAIN") String location) {}

  /** Units that the order waits for. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AwaitedItem(UUID productId, int quantity, @Nullable Instant expectedAt) {}

  static ReservationView of(Reservation reservation) {
    return new ReservationView(
        reservation.id(),
        reservation.orderId(),
        reservation.status().name(),
        reservation.lines().stream()
            .map(line -> new Item(line.productId(), line.quantity(), line.location().value()))
            .toList(),
        reservation.awaited().isEmpty()
            ? null
            : reservation.awaited().stream()
                .map(units ->
                    new AwaitedItem(units.productId(), units.quantity(), units.expectedAt()))
                .toList(),
        reservation.allocation().name(),
        reservation.expiresAt(),
        reservation.createdAt(),
        reservation.endedAt(),
        reservation.renewals(),
        reservation.returnedAt(),
        reservation.extended());
  }
}
