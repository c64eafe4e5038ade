/**
 * Financial: takes the money of an order once, and gives it back when the order dies or its goods
 * come back.
 *
 * <p>Financial hears that an order can be paid, asks the provider, and publishes whether the money
 * was taken. Money that was taken for a dead order is owed back until the provider has given it.
 * For each order it keeps a receivable, with a ledger of all that happened to it ({@link
 * dev.reserva.financial.domain.Receivable}). Start reading at {@link
 * dev.reserva.financial.application.FollowOrders} (what follows from an order's steps) and {@link
 * dev.reserva.financial.application.ProviderLoop} (how the provider is called). The rules are in
 * {@link dev.reserva.financial.domain.Payment}.
 *
 * <p>Financial never decides about an order, never calls the provider inside a transaction, and
 * never charges again without an inquiry.
 */
@NullMarked
package dev.reserva.financial;

import org.jspecify.annotations.NullMarked;
