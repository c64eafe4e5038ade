package dev.reserva.cli.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A shipment as logistics shows it. */
public record Shipment(
    UUID id,
    String status,
    String location,
    @Nullable String carrier,
    @Nullable String trackingCode) {}
