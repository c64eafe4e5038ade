/**
 * Crashes and faults on a real server, judged from outside. Start reading at {@link
 * dev.reserva.torture.Scenario} and {@link dev.reserva.torture.shop.Judge}; the faults stand in
 * {@code scenarios}.
 */
@NullMarked
package dev.reserva.torture;

import org.jspecify.annotations.NullMarked;
