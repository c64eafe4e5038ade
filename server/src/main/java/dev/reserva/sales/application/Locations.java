package dev.reserva.sales.application;

import dev.reserva.messaging.UnitOfWork;
import java.util.Collection;

/** The places to which goods can come back. */
public interface Locations {

  /** Adds those that are not known. */
  void add(Collection<String> codes, UnitOfWork tx);

  /** Whether there is such a location. The default one always exists. */
  boolean exists(String code, UnitOfWork tx);
}
