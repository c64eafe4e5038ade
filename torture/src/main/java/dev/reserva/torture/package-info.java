/**
 * Injects crashes and faults into a real server, and checks it from outside. Start reading at
 * {@link dev.reserva.torture.Scenario} and {@link dev.reserva.torture.shop.Judge}. The faults are
 * in {@code scenarios}.
 */
@NullMarked
package dev.reserva.torture;

import org.jspecify.annotations.NullMarked;
