package dev.reserva.platform.events;

import dev.reserva.messaging.Event;
import dev.reserva.messaging.UnitOfWork;

/** Keeps on record which imported events somebody has published by hand, on a broker. */
@FunctionalInterface
public interface ManualImports {

  /** Called once for each event, in the transaction that imports it. */
  void record(Event event, UnitOfWork tx);
}
