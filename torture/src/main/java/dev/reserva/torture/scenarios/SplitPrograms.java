package dev.reserva.torture.scenarios;

import dev.reserva.cluster.Transport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What joins the services of a split system.
 *
 * @param transport one with a broker
 * @param kafkaBroker the packaged module {@code kafka-broker}; needed for Kafka only
 */
public record SplitPrograms(Transport transport, @Nullable Path kafkaBroker) {
  /** The name of the broker's process in a cluster. */
  String broker() {
    return transport.label() + "-1";
  }
}
