package dev.reserva.cli;

import dev.reserva.Reserva;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.postgres.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A server in this process on a temporary data folder, which is deleted when the server is closed
 * or the process ends. The log goes to a file there, because the terminal shows the command's
 * output.
 */
final class LocalServer implements AutoCloseable {
  private final Path data;
  private final ConfigurableApplicationContext context;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LocalServer(Path data, ConfigurableApplicationContext context) {
    this.data = data;
    this.context = context;
  }

  /**
   * @param port 0 for any that is free
   */
  static LocalServer start(int port) {
    Path data = temporaryFolder();
    Path log = data.resolve("reserva.log");
    try {
      LocalServer server =
          new LocalServer(
              data,
              Reserva.start(
                  "--reserva.data=" + data,
                  "--server.port=" + port,
                  "--reserva.http.bind-address=127.0.0.1",
                  // The command itself is the client, and its URL names no certificate's host.
                  "--reserva.http.tls.certificate=",
                  "--reserva.http.tls.key=",
                  "--spring.main.banner-mode=off",
                  "--spring.main.register-shutdown-hook=false",
                  "--logging.threshold.console=OFF",
                  "--logging.file.name=" + log));
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
      return server;
    } catch (RuntimeException e) {
      throw CommandFailure.ofStart(e, log);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("reserva-");
    } catch (IOException e) {
      throw new CommandFailure("no temporary folder: " + e.getMessage(), e);
    }
  }

  URI url() {
    return URI.create(
        "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"));
  }

  Path data() {
    return data;
  }

  String password() {
    return AdminPassword.find(data);
  }

  ReservaApi admin() {
    return new ReservaApi(url(), AdminPassword.USERNAME, password());
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    context.close();
    try {
      Folders.delete(data);
    } catch (IOException e) {
      throw new CommandFailure("the temporary folder %s stays behind".formatted(data), e);
    }
  }
}
