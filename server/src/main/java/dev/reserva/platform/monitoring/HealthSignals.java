package dev.reserva.platform.monitoring;

import java.util.List;
import java.util.function.Supplier;

/**
 * What an operator must see while it lasts, such as a provider that is left alone. It is part of
 * {@code GET /api/health}, whose status it leaves as it is. A bean of the configuration that it is
 * about.
 *
 * @param present sentences; no secret, since health is open to everybody. It is called with each
 *     question for the health, so it must be quick
 */
public record HealthSignals(Supplier<List<String>> present) {}
