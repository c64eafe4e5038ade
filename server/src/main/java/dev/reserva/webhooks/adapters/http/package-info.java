/**
 * Posts deliveries over HTTP.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.adapters.http.HttpReceivers}. It knows no table.
 */
@NullMarked
package dev.reserva.webhooks.adapters.http;

import org.jspecify.annotations.NullMarked;
