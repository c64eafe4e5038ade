package dev.reserva.messaging.transport;

/**
 * Where a subscription begins to consume.
 *
 * @param position the recorded position; the next event is the first to be consumed
 * @param flag marks the events that the subscription handled locally
 */
public record StartingPoint(long position, LocalFlag flag) {}
