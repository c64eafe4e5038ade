package dev.reserva.platform.monitoring;

/**
 * Something about how this process is configured that its operator must not overlook. It is logged
 * when the server starts, told on the terminal and part of {@code GET /api/health}, whose status it
 * leaves as it is. A bean of the configuration that it is about.
 *
 * @param text a sentence that names the property by which it is changed; no secret, since health is
 *     open to everybody
 */
public record HealthWarning(String text) {}
