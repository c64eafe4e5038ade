/** Tests of the comparison of transports. */
@NullMarked
package dev.reserva.bench.transports;

import org.jspecify.annotations.NullMarked;
