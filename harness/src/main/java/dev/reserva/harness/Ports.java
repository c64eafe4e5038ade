package dev.reserva.harness;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of 127.0.0.1 for servers that are started again on the same port. */
public final class Ports {
  private static final int ATTEMPTS = 50;
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 32_000;

  private Ports() {}

  /**
   * A free port below the kernel's range of ephemeral ports, so that no other program gets it while
   * the server is down.
   */
  public static int free() throws IOException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    IOException taken = new IOException("no port tried");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int candidate = random.nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket =
          new ServerSocket(candidate, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        return socket.getLocalPort();
      } catch (IOException e) {
        taken = e;
      }
    }
    throw taken;
  }
}
