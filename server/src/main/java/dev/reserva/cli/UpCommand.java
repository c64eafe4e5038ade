package dev.reserva.cli;

import dev.reserva.Reserva;
import dev.reserva.postgres.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Runs the server until it is interrupted. Its data survive restarts and crashes.")
final class UpCommand implements Callable<Integer> {

  /**
   * Draining has this long. What is not done by then is not lost either, as the log knows it, so
   * the promise to end in time is kept without regard.
   */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(9);

  private static final int KILLED_BY_TERM = 128 + 15;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "PORT",
      description = "HTTP port (default: ${DEFAULT-VALUE}); 0: any that is free")
  private int port;

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description = "folder of the database and the keys (default: ./${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--services",
      paramLabel = "LIST",
      description = "services that this process runs, separated by commas (default: all)")
  private @Nullable String services;

  @Override
  public Integer call() throws InterruptedException {
    EmbeddedPostgres.requireFree(data);
    List<String> properties = new ArrayList<>();
    properties.add("--reserva.data=" + data);
    properties.add("--server.port=" + port);
    if (services != null) {
      properties.add("--reserva.services=" + services);
    }
    endInTimeWhenSignalled();
    ConfigurableApplicationContext context = start(properties);
    System.out.printf(
        "Reserva is up: http://localhost:%s%s%n",
        context.getEnvironment().getProperty("local.server.port"), whereThePasswordIs());
    // The signal that ends the process ends this too.
    Thread.currentThread().join();
    return 0;
  }

  /** Nothing where the operator chose the password himself, or another process wrote it. */
  private String whereThePasswordIs() {
    Path written = AdminPassword.file(data);
    return Files.exists(written)
        ? " (user %s, password in %s)".formatted(AdminPassword.USERNAME, written)
        : "";
  }

  private static ConfigurableApplicationContext start(List<String> properties) {
    try {
      return Reserva.start(properties.toArray(String[]::new));
    } catch (RuntimeException e) {
      throw CommandFailure.ofStart(e, "the log above");
    }
  }

  private static void endInTimeWhenSignalled() {
    Thread watch =
        Thread.ofPlatform()
            .daemon()
            .unstarted(() -> {
              try {
                Thread.sleep(DRAIN_LIMIT);
                System.err.println("reserva: not drained in " + DRAIN_LIMIT + ", ending anyway");
                Runtime.getRuntime().halt(KILLED_BY_TERM);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(watch::start));
  }
}
