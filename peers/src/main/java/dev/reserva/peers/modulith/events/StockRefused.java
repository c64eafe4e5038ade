package dev.reserva.peers.modulith.events;

import java.util.UUID;

/** A product had too few units, so nothing is taken from stock. */
public record StockRefused(UUID order) {}
