package dev.reserva.architecture.planted.alpha.application;

import dev.reserva.platform.security.Caller;

/** A use case must not know the platform. */
record UsesPlatform(Caller caller) {}
