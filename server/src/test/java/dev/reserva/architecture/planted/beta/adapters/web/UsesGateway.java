package dev.reserva.architecture.planted.beta.adapters.web;

import dev.reserva.architecture.planted.gateway.KnowsAlpha;

/** A service must not know the gateway. */
record UsesGateway(KnowsAlpha gateway) {}
