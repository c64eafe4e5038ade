package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;

/** The drafts of orders. No event tells of them, so sales counts them itself. */
@FunctionalInterface
public interface Drafts {

  /** How many there are; 0 where sales runs elsewhere. */
  long count(UnitOfWork snapshot);
}
