package dev.reserva.architecture.planted.alpha.domain;

import dev.reserva.contracts.CustomersEvent.CustomerDeactivated;

/** Of the contracts a domain knows Money alone. */
record PublishesEvents(CustomerDeactivated fact) {}
