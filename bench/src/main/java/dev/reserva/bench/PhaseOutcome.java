package dev.reserva.bench;

import java.util.Map;

/**
 * The result of a phase of a comparison, for one of those that are compared.
 *
 * @param figures by name, in the order of the table
 * @param orders that became CONFIRMED
 */
public record PhaseOutcome(Map<String, Double> figures, long orders, ForeignCpu foreign) {}
