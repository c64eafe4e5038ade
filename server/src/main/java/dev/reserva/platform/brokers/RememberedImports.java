package dev.reserva.platform.brokers;

import java.time.Duration;

/**
 * How long a database knows which events it has imported. An event that a broker brings again later
 * takes effect again.
 */
public record RememberedImports(Duration duration) {}
