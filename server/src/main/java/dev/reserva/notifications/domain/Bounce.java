package dev.reserva.notifications.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that was refused for good. Nothing is sent to it any more.
 *
 * @param messageId the message that was refused
 * @param fingerprint of the address, which is stored nowhere
 * @param reason as the provider gave it
 */
public record Bounce(
    UUID messageId,
    Channel channel,
    String fingerprint,
    @Nullable UUID customerId,
    String reason,
    Instant at) {}
