/**
 * The rules of webhooks: filters, retries, states of endpoints, and allowed addresses.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.domain.Endpoint}. Nothing here has a technology.
 */
@NullMarked
package dev.reserva.webhooks.domain;

import org.jspecify.annotations.NullMarked;
