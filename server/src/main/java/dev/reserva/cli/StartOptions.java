package dev.reserva.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with: an option of the command line, else a system property, else an
 * environment variable, else the default.
 *
 * @param services absent: the server finds out itself
 */
record StartOptions(int port, Path data, @Nullable String services) {

  private static final int DEFAULT_PORT = 8080;
  private static final int MOST_PORT = 65_535;

  StartOptions {
    requirePort("--port", String.valueOf(port), port);
  }

  static StartOptions of(@Nullable Integer port, @Nullable Path data, @Nullable String services) {
    return of(port, data, services, System.getProperties(), System.getenv());
  }

  static StartOptions of(
      @Nullable Integer port,
      @Nullable Path data,
      @Nullable String services,
      Properties properties,
      Map<String, String> environment) {
    String folder = given("reserva.data", properties, environment);
    return new StartOptions(
        port == null ? port(given("reserva.port", properties, environment)) : port,
        data == null ? Path.of(folder == null ? "data" : folder) : data,
        services);
  }

  private static @Nullable String given(
      String property, Properties properties, Map<String, String> environment) {
    String variable = property.replace('.', '_').toUpperCase(Locale.ROOT);
    String value = properties.getProperty(property, environment.get(variable));
    return value == null || value.isBlank() ? null : value;
  }

  private static int port(@Nullable String given) {
    // Kubernetes sets RESERVA_PORT to such a URL where a service is named "reserva".
    if (given == null || given.startsWith("tcp://")) {
      return DEFAULT_PORT;
    }
    int port = given.matches("[0-9]{1,5}") ? Integer.parseInt(given) : -1;
    requirePort("reserva.port", given, port);
    return port;
  }

  private static void requirePort(String name, String given, int port) {
    if (port < 0 || port > MOST_PORT) {
      throw new CommandFailure(
          "%s must be 0..%d, such as 8080, was %s".formatted(name, MOST_PORT, given));
    }
  }

  /** For the server. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("--reserva.data=" + data);
    arguments.add("--server.port=" + port);
    if (services != null) {
      arguments.add("--reserva.services=" + services);
    }
    return arguments;
  }
}
