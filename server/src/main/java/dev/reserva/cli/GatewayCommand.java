package dev.reserva.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = {
      "Serves the whole API of a split system under one port, until it is interrupted.",
      "Its services run in other processes, which trust it as a proxy (reserva.http.trusted-proxies)."
    })
final class GatewayCommand implements Callable<Integer> {

  private static final List<String> SERVICES =
      List.of(
          "sales",
          "inventory",
          "financial",
          "logistics",
          "customers",
          "notifications",
          "webhooks",
          "operations");

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "HTTP port (default: reserva.port, else 8080); 0: any that is free")
  private @Nullable Integer port;

  @Option(
      names = "--route",
      paramLabel = "SERVICE=URL[,URL...]",
      description =
          "where a service runs, such as sales=http://10.0.0.5:8080,http://10.0.0.6:8080; once for"
              + " each service (default: reserva.gateway.routes.SERVICE)")
  private List<String> routes = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments = arguments(StartOptions.of(port, Path.of("."), null).port(), routes);
    UpCommand.endInTimeWhenSignalled();
    ConfigurableApplicationContext context = QuietStart.runGateway(arguments);
    System.out.printf("The gateway is up: %s%n", UpCommand.url(context.getEnvironment()));
    // Blocks until a signal ends the process.
    Thread.currentThread().join();
    return 0;
  }

  /**
   * @throws CommandFailure if a route is none
   */
  static List<String> arguments(int port, List<String> routes) {
    Map<String, String> byService = new LinkedHashMap<>();
    for (String route : routes) {
      int equals = route.indexOf('=');
      String service = equals < 0 ? route : route.substring(0, equals);
      if (equals < 0 || !SERVICES.contains(service)) {
        throw new CommandFailure(
            "--route must be like sales=http://10.0.0.5:8080 with one of %s, was %s"
                .formatted(String.join(", ", SERVICES), route));
      }
      if (byService.put(service, route.substring(equals + 1)) != null) {
        throw new CommandFailure(
            "--route names %s twice; separate its URLs by commas".formatted(service));
      }
    }
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=" + port);
    byService.forEach((service, urls) ->
        arguments.add("--reserva.gateway.routes.%s=%s".formatted(service, urls)));
    return arguments;
  }
}
