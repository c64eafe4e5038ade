package dev.reserva.cli.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A return as sales shows it.
 *
 * @param refund what is to be given back
 * @param refunded what was given back
 */
public record Return(
    UUID id, UUID orderId, String status, Amount refund, @Nullable Amount refunded) {}
