/**
 * Financial over HTTP: payments for buyers and operators, and the provider's webhook.
 *
 * <p>Start reading at {@link dev.reserva.financial.adapters.web.PaymentsController}; who signs a
 * webhook is judged by {@link dev.reserva.financial.adapters.web.WebhookSignatures}.
 *
 * <p>Nothing is decided in here: requests become values, outcomes become answers.
 */
@NullMarked
package dev.reserva.financial.adapters.web;

import org.jspecify.annotations.NullMarked;
