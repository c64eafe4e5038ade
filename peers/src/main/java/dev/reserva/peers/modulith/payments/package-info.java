/** Charges for reserved orders. */
@NullMarked
package dev.reserva.peers.modulith.payments;

import org.jspecify.annotations.NullMarked;
