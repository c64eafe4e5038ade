package dev.reserva.messaging;

import java.util.UUID;
import java.util.function.Function;

/**
 * A type of event, as the backbone needs it.
 *
 * @param name the type on the wire, such as {@code sales.order.created}
 * @param payload the class of the payload
 * @param subject gives the id of the entity that a payload is about
 * @param key gives the partition key of a payload
 */
public record EventType<T>(
    String name, Class<T> payload, Function<T, UUID> subject, Function<T, UUID> key) {}
