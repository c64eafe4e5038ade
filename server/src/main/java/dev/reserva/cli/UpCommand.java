package dev.reserva.cli;

import dev.reserva.platform.monitoring.HealthWarning;
import dev.reserva.postgres.EmbeddedPostgres;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Runs the server until it is interrupted. Its data survive restarts and crashes.")
final class UpCommand implements Callable<Integer> {

  /**
   * Limit of a drain. The process then ends whatever is under way: the database has it, and the
   * next start continues it.
   */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(9);

  private static final int KILLED_BY_TERM = 128 + 15;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "HTTP port (default: reserva.port, else 8080); 0: any that is free")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "folder of the database and the keys (default: reserva.data, else the folder data)")
  private @Nullable Path data;

  @Option(
      names = "--services",
      paramLabel = "LIST",
      description =
          "services that this process runs, separated by commas (default: reserva.services, else"
              + " all)")
  private @Nullable String services;

  @Override
  public Integer call() throws InterruptedException {
    StartOptions options = StartOptions.of(port, data, services);
    EmbeddedPostgres.requireFree(options.data());
    endInTimeWhenSignalled();
    ConfigurableApplicationContext context = QuietStart.run(options.data(), options.arguments());
    System.out.printf(
        "Reserva is up: %s%s%n",
        url(context.getEnvironment()),
        whereThePasswordIs(options.data(), context.getEnvironment()));
    context
        .getBeanProvider(HealthWarning.class)
        .orderedStream()
        .forEach(warning -> System.out.println("Warning: " + warning.text()));
    // Blocks until a signal ends the process.
    Thread.currentThread().join();
    return 0;
  }

  /** Of a server that listens on all addresses, on this machine. */
  static String url(Environment environment) {
    String bound = environment.getProperty("reserva.http.bind-address", "");
    boolean all = bound.isBlank() || InetAddress.ofLiteral(bound).isAnyLocalAddress();
    boolean local = all || InetAddress.ofLiteral(bound).isLoopbackAddress();
    return "%s://%s:%s"
        .formatted(
            environment.getProperty("reserva.http.tls.certificate", "").isBlank()
                ? "http"
                : "https",
            local ? "localhost" : bound.contains(":") ? "[" + bound + "]" : bound,
            environment.getProperty("local.server.port"));
  }

  /** Nothing where the operator chose the password, or another process wrote it. */
  static String whereThePasswordIs(Path data, Environment environment) {
    Path written = AdminPassword.file(data);
    boolean chosen = !environment.getProperty("reserva.security.admin-password", "").isBlank();
    return Files.exists(written) && !chosen
        ? " (user %s, password in %s)".formatted(AdminPassword.USERNAME, written)
        : "";
  }

  static void endInTimeWhenSignalled() {
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
