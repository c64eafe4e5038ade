package dev.reserva.cli.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A payment as financial shows it. */
public record Payment(
    UUID id,
    UUID orderId,
    Amount amount,
    @Nullable Amount refunded,
    String status,
    @Nullable String failure) {}
