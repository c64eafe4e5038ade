/** Takes goods from stock for an order, all lines or none, and gives them back. */
@NullMarked
package dev.reserva.peers.modulith.inventory;

import org.jspecify.annotations.NullMarked;
