/** Takes all lines of an order from stock, or none, and returns them. */
@NullMarked
package dev.reserva.peers.modulith.inventory;

import org.jspecify.annotations.NullMarked;
