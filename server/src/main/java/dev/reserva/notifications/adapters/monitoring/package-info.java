/**
 * Meters of messages for Prometheus.
 *
 * <p>Start reading at {@link dev.reserva.notifications.adapters.monitoring.MessageMetrics}.
 */
@NullMarked
package dev.reserva.notifications.adapters.monitoring;

import org.jspecify.annotations.NullMarked;
