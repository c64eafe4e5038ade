/**
 * The processes under test and the tools of faults: servers and databases as processes, a disk that
 * can fail, a shifted clock. Start reading at {@link dev.reserva.torture.environment.Server}. This
 * package does not know what an order is.
 */
@NullMarked
package dev.reserva.torture.environment;

import org.jspecify.annotations.NullMarked;
