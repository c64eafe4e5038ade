package dev.reserva.peers.modulith.orders;

import org.springframework.data.relational.core.mapping.Table;

/** A line of a stored order. */
@Table("order_line")
record OrderLine(long product, int quantity) {}
