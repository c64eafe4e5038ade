/**
 * What financial does: it follows orders, asks the provider, settles by webhook or by hand, and
 * gives money back.
 *
 * <p>Start reading at {@link dev.reserva.financial.application.FollowOrders} and {@link
 * dev.reserva.financial.application.AskProvider}; the ports are the plural nouns and {@link
 * dev.reserva.financial.application.PaymentProvider}.
 *
 * <p>No SQL, no HTTP and no call of the provider inside a transaction stand in here.
 */
@NullMarked
package dev.reserva.financial.application;

import org.jspecify.annotations.NullMarked;
