package dev.reserva.peers.modulith.events;

import dev.reserva.peers.shop.Line;
import java.util.List;
import java.util.UUID;

/** An order was placed and needs its stock. */
public record OrderPlaced(UUID order, List<Line> lines, String token) {}
