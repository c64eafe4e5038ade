/**
 * The saga on Spring Modulith: three modules that listen to each other's events. Each listener runs
 * after the commit that published its event, in a transaction of its own. Modulith's registry keeps
 * the event until the listener is done, and publishes it again after a crash.
 *
 * <pre>
 * orders: OrderPlaced ─▶ inventory: StockReserved ─▶ payments: PaymentCaptured ─▶ orders: CONFIRMED
 *                                 └ StockRefused  ─▶ orders: CANCELLED
 *                                                    payments: PaymentDeclined ─▶ inventory releases, orders: CANCELLED
 * </pre>
 *
 * <p>An event may be delivered twice, so each listener first checks whether it has handled it
 * already.
 */
@NullMarked
package dev.reserva.peers.modulith;

import org.jspecify.annotations.NullMarked;
