package dev.reserva.messaging;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** A source of identifiers. */
@FunctionalInterface
public interface Ids {

  UUID next();

  /** UUIDv7: ordered by time, so that indexes grow at their end. Safe for many threads. */
  static Ids timeOrdered() {
    TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();
    return generator::generate;
  }
}
