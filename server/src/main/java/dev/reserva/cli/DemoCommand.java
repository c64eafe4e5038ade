package dev.reserva.cli;

import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.story.Story;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Tells the whole story through the HTTP API of a server of its own, on a temporary database,",
      "and checks that each step ends as told."
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

  @Override
  public Integer call() throws InterruptedException {
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
