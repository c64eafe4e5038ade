package dev.reserva.messaging.transport;

/**
 * Where a subscription begins to consume.
 *
 * @param position its recorded position: consumption starts with the next event
 * @param flag how events are recognised that it handled locally
 */
public record StartingPoint(long position, LocalFlag flag) {}
