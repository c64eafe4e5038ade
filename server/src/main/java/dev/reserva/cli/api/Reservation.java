package dev.reserva.cli.api;

import java.time.Instant;
import java.util.UUID;

/** A reservation as inventory shows it. */
public record Reservation(UUID id, UUID orderId, String status, Instant expiresAt) {}
