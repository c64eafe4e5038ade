package dev.reserva.architecture.planted.alpha.domain;

import dev.reserva.contracts.CustomersEvent.CustomerDeactivated;

/** A domain must use only Money of the contracts. */
record PublishesEvents(CustomerDeactivated fact) {}
