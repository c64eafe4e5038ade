package dev.reserva.messaging.transport;

import dev.reserva.messaging.delivery.IntakeLoop;
import dev.reserva.messaging.delivery.RelayLoop;
import java.util.Set;
import java.util.UUID;

/** A backbone whose log a broker can join to others. */
interface LogHarness extends TransportHarness {

  /** A relay in a process of its own. */
  RelayLoop relay(Broker broker);

  /** An intake in a process of its own. */
  IntakeLoop intake(String queue, Broker broker);

  /** The ids of the events that it has imported. */
  Set<UUID> imported();

  /** The ids of the events of these types that its services have published. */
  Set<UUID> published(Set<String> types);
}
