package dev.reserva.cluster;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster is made of.
 *
 * @param instances processes of each service, 1..9; a service that is absent does not run
 * @param port of the gateway, 1..65,535; 0: there is none, callers talk to the processes
 * @param data folder of everything that the cluster keeps
 * @param broker the broker to use, {@code amqp[s]://host[:port][/virtual-host]} without credentials
 *     or {@code host:port} of Kafka; absent: a private one
 * @param environment the caller's variables {@code RESERVA_…}, for all processes
 * @param javaOptions more options for the JVM of each process
 */
public record ClusterOptions(
    Transport transport,
    Map<Service, Integer> instances,
    int port,
    Path data,
    @Nullable String broker,
    Map<String, String> environment,
    List<String> javaOptions) {

  private static final int MOST_INSTANCES = 9;
  private static final int MOST_PORT = 65_535;
  private static final String KAFKA_ADDRESS = "[^\\s:,/@]+:\\d{1,5}(,[^\\s:,/@]+:\\d{1,5})*";
  private static final String RABBITMQ_ADDRESS = "amqps?://[^\\s/@]+(/[^\\s/@]*)?";

  public ClusterOptions {
    instances = Map.copyOf(instances);
    environment = Map.copyOf(environment);
    javaOptions = List.copyOf(javaOptions);
    instances.forEach(ClusterOptions::requireCount);
    if (!instances.containsKey(Service.CUSTOMERS)) {
      throw new ClusterFailure("customers must run: it has the logins of all");
    }
    if (port < 0 || port > MOST_PORT) {
      throw new ClusterFailure(
          "--port must be 1..%d, such as 8080, was %d".formatted(MOST_PORT, port));
    }
    if (broker != null) {
      requireBroker(transport, broker);
    }
  }

  private static void requireCount(Service service, int count) {
    if (count < 1 || count > MOST_INSTANCES) {
      throw new ClusterFailure(
          "instances of %s must be 1..%d, were %d"
              .formatted(service.label(), MOST_INSTANCES, count));
    }
  }

  private static void requireBroker(Transport transport, String broker) {
    switch (transport) {
      case POSTGRES ->
          throw new ClusterFailure("--broker is for --transport rabbitmq and kafka only");
      case RABBITMQ -> {
        // Other users of the machine can read command lines.
        if (!broker.matches(RABBITMQ_ADDRESS)) {
          throw new ClusterFailure(
              "--broker must be like amqp://localhost:5672/virtual-host, without user and password,"
                  + " which RESERVA_MESSAGING_RABBITMQ_USERNAME and _PASSWORD_FILE give; was "
                  + withoutCredentials(broker));
        }
      }
      case KAFKA -> {
        if (!broker.matches(KAFKA_ADDRESS)) {
          throw new ClusterFailure("--broker must be like localhost:9092, was " + broker);
        }
      }
    }
  }

  private static String withoutCredentials(String address) {
    return address.replaceFirst("//.*@", "//…@");
  }

  /** One process for each service, or as many as the text says, such as {@code sales=2}. */
  static Map<Service, Integer> instances(String text) {
    Map<Service, Integer> instances = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      instances.put(service, 1);
    }
    if (text.isBlank()) {
      return instances;
    }
    for (String part : text.split(",", -1)) {
      String[] pair = part.strip().split("=", -1);
      Optional<Service> service = Service.of(pair[0].strip());
      if (pair.length != 2 || service.isEmpty() || !pair[1].strip().matches("\\d{1,4}")) {
        throw new ClusterFailure(
            "--instances must be like sales=2,inventory=2, with services of %s; \"%s\" is not"
                .formatted(labels(), part.strip()));
      }
      instances.put(service.get(), Integer.parseInt(pair[1].strip()));
    }
    return instances;
  }

  private static String labels() {
    return Arrays.stream(Service.values()).map(Service::label).collect(Collectors.joining(", "));
  }
}
