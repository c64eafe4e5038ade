/**
 * The meters of webhooks.
 *
 * <p>Start reading at {@link dev.reserva.webhooks.adapters.monitoring.DeliveryMetrics}.
 */
@NullMarked
package dev.reserva.webhooks.adapters.monitoring;

import org.jspecify.annotations.NullMarked;
