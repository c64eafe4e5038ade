package dev.reserva.messaging.transport;

import java.util.UUID;

/** Tells the logs that brokers join from each other. */
@FunctionalInterface
public interface LogIdentity {

  /** The identity of this process's log. It never changes. */
  UUID id();
}
