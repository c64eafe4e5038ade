package dev.reserva.bench.transports;

import dev.reserva.cluster.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A kind of system.
 *
 * @param split whether each service has a process, and with a broker a database, of its own
 */
record SystemKind(Transport transport, boolean split) {

  /** What all others are compared with. */
  static final SystemKind REFERENCE = new SystemKind(Transport.POSTGRES, false);

  /** One process and split on each transport, without the reference. */
  static List<SystemKind> of(Set<Transport> transports) {
    List<SystemKind> kinds = new ArrayList<>();
    for (boolean split : new boolean[] {false, true}) {
      for (Transport transport : Transport.values()) {
        SystemKind kind = new SystemKind(transport, split);
        if (transports.contains(transport) && !kind.equals(REFERENCE)) {
          kinds.add(kind);
        }
      }
    }
    return kinds;
  }

  /** Such as {@code split, rabbitmq}. */
  String title() {
    return (split ? "split, " : "one process, ") + transport.label();
  }
}
