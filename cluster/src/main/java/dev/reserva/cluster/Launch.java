package dev.reserva.cluster;

import java.util.List;
import java.util.Map;

/**
 * How a process of the server's program is started. No secret is among it, but the caller's own
 * variables may have some.
 *
 * @param javaOptions options of the JVM, system properties among them
 * @param arguments of the program
 * @param environment variables beside the inherited ones
 */
record Launch(List<String> javaOptions, List<String> arguments, Map<String, String> environment) {
  Launch {
    javaOptions = List.copyOf(javaOptions);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }
}
