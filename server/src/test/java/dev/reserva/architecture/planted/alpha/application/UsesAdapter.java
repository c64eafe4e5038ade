package dev.reserva.architecture.planted.alpha.application;

import dev.reserva.architecture.planted.alpha.adapters.postgres.Rows;

/** A use case must not know an adapter. */
record UsesAdapter(Rows rows) {}
