/** Charges for what is reserved. */
@NullMarked
package dev.reserva.peers.modulith.payments;

import org.jspecify.annotations.NullMarked;
