package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;

/** Limits how long a single statement of a transaction may run. */
@FunctionalInterface
public interface StatementLimits {

  /** Makes each further statement of the transaction fail if it takes longer than this. */
  void limit(UnitOfWork tx, Duration most);
}
