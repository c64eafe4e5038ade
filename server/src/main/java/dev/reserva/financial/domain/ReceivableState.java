package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes of a receivable. Which change is allowed when, {@link Receivable} decides.
 *
 * @param settled all money that was taken for the order, also money that came too late and goes
 *     back
 * @param refunded what the provider has given back of it
 * @param dueAt until when the order is to be paid; absent until it can be paid
 * @param closedAt when it was settled or cancelled
 */
public record ReceivableState(
    ReceivableStatus status,
    Money settled,
    Money refunded,
    @Nullable Instant dueAt,
    @Nullable Instant closedAt) {}
