package dev.reserva.peers.modulith.events;

import dev.reserva.peers.shop.Line;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** All lines of an order are taken from stock. */
public record StockReserved(UUID order, List<Line> lines, BigDecimal total, String token) {}
