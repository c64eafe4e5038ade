package dev.reserva.architecture.planted.alpha.adapters.web;

import dev.reserva.architecture.planted.alpha.adapters.postgres.Rows;

/** An adapter must not know another. */
record UsesRows(Rows rows) {}
