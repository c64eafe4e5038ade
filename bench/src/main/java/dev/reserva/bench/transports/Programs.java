package dev.reserva.bench.transports;

import dev.reserva.bench.BenchFailure;
import dev.reserva.cluster.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The programs that a run starts.
 *
 * @param server the server's packaged program
 * @param kafkaBroker the packaged module {@code kafka-broker}; needed for Kafka only
 * @param brokerTools folder with the JARs of the brokers' own load tools; needed with a broker only
 */
public record Programs(Path server, @Nullable Path kafkaBroker, @Nullable Path brokerTools) {

  /**
   * Checks that all is there that a transport needs.
   *
   * @throws BenchFailure otherwise
   */
  void requireFor(Transport transport) {
    if (transport == Transport.KAFKA && (kafkaBroker == null || !Files.isReadable(kafkaBroker))) {
      throw new BenchFailure("Kafka needs --kafka-broker JAR, was " + kafkaBroker);
    }
    if (transport != Transport.POSTGRES
        && (brokerTools == null || !Files.isDirectory(brokerTools))) {
      throw new BenchFailure(
          "%s needs --broker-tools DIR, was %s".formatted(transport.label(), brokerTools));
    }
  }
}
