package dev.reserva.architecture.planted.gateway;

import dev.reserva.architecture.planted.alpha.domain.Good;

/** The gateway must not know a service. */
public record KnowsAlpha(Good good) {}
