/** Keeps the orders, and lets a buyer wait until his is decided. */
@NullMarked
package dev.reserva.peers.modulith.orders;

import org.jspecify.annotations.NullMarked;
