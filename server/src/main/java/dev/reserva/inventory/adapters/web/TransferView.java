package dev.reserva.inventory.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as the API shows it.
 *
 * @param endedAt when it was received or cancelled
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TransferView(
    UUID id,
    UUID productId,
    @Schema(example = "20") int quantity,
    @Schema(example = "MAIN") String from,
    @Schema(example = "LISBON") String to,
    @Schema(implementation = TransferStatus.class) String status,
    @Nullable String reason,
    Instant createdAt,
    @Nullable Instant endedAt) {

  static TransferView of(Transfer transfer) {
    return new TransferView(
        transfer.id(),
        transfer.productId(),
        transfer.quantity(),
        transfer.from().value(),
        transfer.to().value(),
        transfer.status().name(),
        transfer.reason(),
        transfer.createdAt(),
        transfer.endedAt());
  }
}
