package dev.reserva.messaging.delivery;

import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.messaging.transport.LogIdentity;
import dev.reserva.messaging.transport.PublishedEvents;

/**
 * What a process needs in addition if a broker joins its log to those of others.
 *
 * @param catalogue an event of a type that it does not know is unreadable
 */
public record BrokerParts(
    Broker broker,
    EnvelopeCodec codec,
    PublishedEvents published,
    Inbox inbox,
    LogIdentity log,
    EventCatalogue catalogue) {}
