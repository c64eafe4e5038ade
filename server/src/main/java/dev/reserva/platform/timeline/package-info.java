/**
 * What each service tells of one order, for its timeline and for the list of orders that are stuck.
 * Each service implements the part that it knows; operations joins the parts, from several
 * processes too.
 *
 * <p>Start reading at {@link dev.reserva.platform.timeline.OrderTraces} and {@link
 * dev.reserva.platform.timeline.WaitingOrders}.
 *
 * <p>Nothing here contains personal data, tokens or the words of messages.
 */
@org.springframework.modulith.NamedInterface("timeline")
@NullMarked
package dev.reserva.platform.timeline;

import org.jspecify.annotations.NullMarked;
