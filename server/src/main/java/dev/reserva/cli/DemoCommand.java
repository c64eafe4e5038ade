package dev.reserva.cli;

import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.story.Story;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the whole story through the HTTP API of a server of its own, on a temporary database,",
      "and checks that each step ends as told. With --url it tells it to a running server or system,",
      "whose products and customers stay there."
    })
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--exit", description = "end after the story instead of staying up")
  private boolean exit;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "PORT",
      description = "HTTP port (default: any that is free)")
  private int port;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "a running server or gateway (default: a server of its own)")
  private @Nullable URI url;

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description =
          "with --url: the server's data folder, for the administrator's password (default:"
              + " ./${DEFAULT-VALUE}); RESERVA_ADMIN_PASSWORD or RESERVA_API_KEY serves as well")
  private Path data = Path.of("data");

  @Override
  public Integer call() throws InterruptedException {
    if (url != null) {
      // In base 36 the seconds have six digits.
      String suffix = "-" + Long.toString(Instant.now().getEpochSecond(), 36);
      try (ReservaApi admin = ServerAccess.to(url, data)) {
        return new Story(admin, System.out, suffix).tell() ? 0 : Main.FAILED;
      }
    }
    return onAServerOfItsOwn();
  }

  private int onAServerOfItsOwn() throws InterruptedException {
    long started = System.nanoTime();
    System.out.println("Starting Reserva on a database of its own ...");
    try (LocalServer server = LocalServer.start(port);
        ReservaApi admin = server.admin()) {
      System.out.printf("Up after %.1f s: %s%n", (System.nanoTime() - started) / 1e9, server.url());
      boolean asTold = new Story(admin, System.out).tell();
      System.out.printf("%nThe demo took %.1f s.%n", (System.nanoTime() - started) / 1e9);
      if (!exit) {
        stayUp(server);
      }
      return asTold ? 0 : Main.FAILED;
    }
  }

  private static void stayUp(LocalServer server) throws InterruptedException {
    System.out.printf(
        """

        It stays up for you to try; Ctrl-C ends it and deletes its data.
            URL       %s  (API documentation: %s/docs)
            user      %s
            password  %s
            data      %s
        """,
        server.url(), server.url(), AdminPassword.USERNAME, server.password(), server.data());
    Thread.currentThread().join();
  }
}
