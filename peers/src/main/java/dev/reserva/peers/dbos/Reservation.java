package dev.reserva.peers.dbos;

import java.math.BigDecimal;

/**
 * What came of the wish to reserve all lines.
 *
 * @param complete false if a line was short: nothing is reserved then
 * @param total what the order costs; zero if nothing is reserved
 */
record Reservation(boolean complete, BigDecimal total) {}
