/**
 * The use cases of financial: follow orders, ask the provider, settle by webhook or by hand,
 * replace a payment, give money back, find what is owed, and decide what the books and the provider
 * disagree about.
 *
 * <p>Start reading at {@link dev.reserva.financial.application.FollowOrders} and {@link
 * dev.reserva.financial.application.ProviderLoop}. The ports are the plural nouns and {@link
 * dev.reserva.financial.application.PaymentProvider}.
 *
 * <p>This package has no SQL and no HTTP, and never calls the provider inside a transaction.
 */
@NullMarked
package dev.reserva.financial.application;

import org.jspecify.annotations.NullMarked;
