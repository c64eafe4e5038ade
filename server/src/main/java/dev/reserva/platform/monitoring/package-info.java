/**
 * The backbone's figures for Prometheus.
 *
 * <p>Start reading at {@link dev.reserva.platform.monitoring.BackboneMetrics}. Nothing is decided
 * here: what the figures mean for the system's health is the operations service's business.
 */
@org.springframework.modulith.NamedInterface("monitoring")
@NullMarked
package dev.reserva.platform.monitoring;

import org.jspecify.annotations.NullMarked;
