package dev.reserva.peers.modulith.events;

import java.util.UUID;

/** A line was short, so nothing is taken from stock. */
public record StockRefused(UUID order) {}
