package dev.reserva.peers.dbos;

import java.math.BigDecimal;

/**
 * The result of reserving all lines.
 *
 * @param complete false if a product has too few units; then nothing is reserved
 * @param total of the order; zero if nothing is reserved
 */
record Reservation(boolean complete, BigDecimal total) {}
