package dev.reserva.peers.modulith.events;

import dev.reserva.peers.shop.Line;
import java.util.List;
import java.util.UUID;

/** The provider has declined the payment; the stock must be released. */
public record PaymentDeclined(UUID order, List<Line> lines) {}
