package dev.reserva.architecture.planted.alpha.adapters.messaging;

import dev.reserva.messaging.store.PostgresEventLog;

/** A service must use only the root package of the backbone. */
record UsesBackbonesInside(PostgresEventLog log) {}
