package dev.reserva.architecture.planted.alpha.adapters.messaging;

import dev.reserva.messaging.store.PostgresEventLog;

/** Of the backbone a service sees the root package. */
record UsesBackbonesInside(PostgresEventLog log) {}
