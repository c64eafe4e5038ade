package dev.reserva.architecture.planted.platform;

import dev.reserva.architecture.planted.alpha.domain.Good;

/** The platform must not know a service. */
record KnowsAlpha(Good good) {}
