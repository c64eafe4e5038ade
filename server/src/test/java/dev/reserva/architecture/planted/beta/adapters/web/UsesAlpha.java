package dev.reserva.architecture.planted.beta.adapters.web;

import dev.reserva.architecture.planted.alpha.domain.Good;

/** A service must not know another. */
record UsesAlpha(Good good) {}
