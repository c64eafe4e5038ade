/**
 * The API of webhooks, for operators.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.adapters.web.WebhooksController}.
 */
@NullMarked
package dev.reserva.webhooks.adapters.web;

import org.jspecify.annotations.NullMarked;
