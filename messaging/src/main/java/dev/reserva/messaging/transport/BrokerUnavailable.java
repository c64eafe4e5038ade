package dev.reserva.messaging.transport;

import dev.reserva.messaging.DependencyUnavailable;

/**
 * Thrown when a broker cannot be reached, a connection to it is lost, or it refuses a declaration.
 */
public final class BrokerUnavailable extends DependencyUnavailable {

  public BrokerUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
