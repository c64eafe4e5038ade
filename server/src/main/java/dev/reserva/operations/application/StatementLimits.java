package dev.reserva.operations.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.Duration;

/** Keeps single statements of a transaction from running on for ever. */
@FunctionalInterface
public interface StatementLimits {

  /** From here on no statement of the transaction takes longer; it fails instead. */
  void limit(UnitOfWork tx, Duration most);
}
