package dev.reserva.peers.modulith.events;

import dev.reserva.peers.shop.Line;
import java.util.List;
import java.util.UUID;

/** An order is stored and wants its goods. */
public record OrderPlaced(UUID order, List<Line> lines, String token) {}
