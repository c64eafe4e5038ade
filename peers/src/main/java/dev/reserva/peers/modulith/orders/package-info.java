/** Stores the orders, and lets each request wait for the decision. */
@NullMarked
package dev.reserva.peers.modulith.orders;

import org.jspecify.annotations.NullMarked;
