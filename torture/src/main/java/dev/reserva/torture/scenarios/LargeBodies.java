package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.RawConnection;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Shop;
import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;

/** Invalid bodies of many sizes, with a Content-Length or in chunks. */
final class LargeBodies {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final List<Long> SIZES =
      List.of(1L, KIB, MIB, MIB + 1, 16 * MIB, 64 * MIB, 256 * MIB, 1024 * MIB);
  private static final List<Long> SHORT_SIZES = List.of(1L, MIB, MIB + 1, 50 * MIB);

  /** The heap of 512 MiB and the rest of a JVM. A body held in memory would exceed it. */
  private static final long MAX_MEMORY = 1024 * MIB;

  private LargeBodies() {}

  static Scenario scenario() {
    return new Scenario(
        "large-bodies",
        "request bodies of 1 B to 1 GiB, by Content-Length and in chunks",
        "each is answered 400 or 413, or cut off by the server",
        LargeBodies::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    EmbeddedServer running = EmbeddedServer.start(environment);
    Server server = running.server();
    Shop shop = running.shop();
    Rounds rounds = running.rounds();
    List<Long> sizes = environment.pick(1, 0) == 1 ? SIZES : SHORT_SIZES;
    StringJoiner answers = new StringJoiner(", ");
    String token;
    try (Api api = shop.api()) {
      token = api.token();
    }
    long before = server.residentBytes();
    Outcome.Completed completed =
        rounds.run(
            sizes.size(),
            round -> {
              long size = sizes.get(round);
              long from = System.nanoTime();
              String sized = send(server, token, size, false);
              String chunked = send(server, token, size, true);
              answers.add("%s: %s/%s".formatted(text(size), sized, chunked));
              long memory = server.residentBytes();
              if (memory > MAX_MEMORY) {
                rounds.found(
                    "with bodies of %s the server uses %d MiB".formatted(text(size), memory / MIB));
              }
              if (rounds.log().failuresSince(from) > 0) {
                rounds.found("orders failed during bodies of " + text(size));
              }
              boolean refused = isRefusal(sized, size) && isRefusal(chunked, size);
              return new Rounds.Injected(refused, System.nanoTime());
            });
    String remark =
        "%s; resident memory %d MiB before, %d MiB after"
            .formatted(answers, before / MIB, server.residentBytes() / MIB);
    return completed.withRemark(remark);
  }

  private static boolean isRefusal(String answer, long size) {
    return size <= MIB ? answer.equals("400") : answer.equals("413") || answer.equals("cut off");
  }

  /** Returns the answer's status, or {@code cut off} if the connection ended without one. */
  private static String send(Server server, String token, long size, boolean chunked)
      throws IOException {
    try (RawConnection connection = new RawConnection(server.url())) {
      connection.write(
          """
          POST /api/orders HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/json\r
          %s\r
          \r
          """
              .formatted(
                  token, chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + size));
      connection.writeBody(size, chunked);
      int status = connection.status();
      return status == RawConnection.NONE ? "cut off" : String.valueOf(status);
    }
  }

  private static String text(long size) {
    if (size >= MIB && size % MIB == 0) {
      return size / MIB + " MiB";
    }
    return size >= MIB ? size / MIB + " MiB + " + size % MIB : size + " B";
  }
}
