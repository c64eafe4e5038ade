/**
 * The backbone's metrics for Prometheus, and what a service warns of in the health.
 *
 * <p>Start reading at {@link dev.reserva.platform.monitoring.BackboneMetrics}. The operations
 * service decides what the metrics mean for the system's health.
 */
@org.springframework.modulith.NamedInterface("monitoring")
@NullMarked
package dev.reserva.platform.monitoring;

import org.jspecify.annotations.NullMarked;
