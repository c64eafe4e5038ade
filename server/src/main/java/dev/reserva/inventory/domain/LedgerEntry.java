package dev.reserva.inventory.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of one product's stock. The counters are the sums of these.
 *
 * @param orderId the order on whose way it happened, if any
 * @param reason in the words of who changed it by hand
 */
public record LedgerEntry(
    UUID productId,
    LedgerKind kind,
    int physicalChange,
    int reservedChange,
    @Nullable UUID orderId,
    @Nullable String reason) {}
