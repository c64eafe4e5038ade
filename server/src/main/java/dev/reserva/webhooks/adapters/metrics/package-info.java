/**
 * The meters of webhooks.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.adapters.metrics.DeliveryMetrics}.
 */
@NullMarked
package dev.reserva.webhooks.adapters.metrics;

import org.jspecify.annotations.NullMarked;
