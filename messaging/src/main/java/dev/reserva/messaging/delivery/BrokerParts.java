package dev.reserva.messaging.delivery;

import dev.reserva.messaging.transport.Broker;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.messaging.transport.LogIdentity;
import dev.reserva.messaging.transport.PublishedEvents;

/**
 * What a process needs in addition if a broker joins its log to those of others.
 *
 * @param reader reads what queues bring
 */
public record BrokerParts(
    Broker broker,
    EnvelopeCodec codec,
    PublishedEvents published,
    Inbox inbox,
    LogIdentity log,
    EventReader reader) {}
