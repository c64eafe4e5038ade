package dev.reserva.architecture.planted.platform;

import dev.reserva.messaging.transport.BrokerConsumer;

/** Nobody but the intake must consume a broker. */
record ConsumesWithoutInbox(BrokerConsumer consumer) {}
