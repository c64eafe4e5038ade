package dev.reserva.peers.modulith.events;

import dev.reserva.peers.shop.Line;
import java.util.List;
import java.util.UUID;

/** The provider refuses to charge; the goods have to go back. */
public record PaymentDeclined(UUID order, List<Line> lines) {}
