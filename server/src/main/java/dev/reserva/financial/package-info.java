/**
 * Financial: takes the money of an order once, and gives it back when the order dies.
 *
 * <p>It hears that an order can be paid, asks the provider, and says whether the money was taken.
 * Whatever was taken for an order that died is owed back until the provider has given it. Start
 * reading at {@link dev.reserva.financial.application.FollowOrders} (what orders make it do) and
 * {@link dev.reserva.financial.application.AskProvider} (how the provider is asked); the rules are
 * in {@link dev.reserva.financial.domain.Payment}.
 *
 * <p>It never decides about an order, never calls the provider inside a transaction, and never
 * charges again without asking first.
 */
@NullMarked
package dev.reserva.financial;

import org.jspecify.annotations.NullMarked;
