package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * What never changes of a receivable.
 *
 * @param orderId also the receivable's id: an order has one receivable
 * @param amount the order's total
 */
public record ReceivableTerms(UUID orderId, UUID customerId, Money amount, Instant openedAt) {}
