package dev.reserva.torture.scenarios;

import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.RawConnection;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;

/** Bodies of any size, announced by their length or in chunks, all of them senseless. */
public final class LargeBodies implements Scenario {
  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final List<Long> SIZES =
      List.of(1L, KIB, MIB, MIB + 1, 16 * MIB, 64 * MIB, 256 * MIB, 1024 * MIB);
  private static final List<Long> SHORT_SIZES = List.of(1L, MIB, MIB + 1, 50 * MIB);

  /** The heap of 512 MiB, and what a JVM needs besides; a body held in memory would burst it. */
  private static final long MOST_MEMORY = 1024 * MIB;

  @Override
  public String name() {
    return "large-bodies";
  }

  @Override
  public String fault() {
    return "request bodies of 1 B to 1 GiB, by Content-Length and in chunks";
  }

  @Override
  public String proof() {
    return "each is answered 400 or 413, or cut off by the server";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    Rounds rounds = new Rounds(stage, shop);
    List<Long> sizes = stage.pick(1, 0) == 1 ? SIZES : SHORT_SIZES;
    StringJoiner answers = new StringJoiner(", ");
    String token;
    try (Api api = shop.api()) {
      token = api.token();
    }
    long before = server.residentBytes();
    Outcome.Played played =
        rounds.play(
            sizes.size(),
            () -> Sql.onEmbedded(server.data()),
            round -> {
              long size = sizes.get(round);
              long from = System.nanoTime();
              String sized = send(server, token, size, false);
              String chunked = send(server, token, size, true);
              answers.add("%s: %s/%s".formatted(words(size), sized, chunked));
              long memory = server.residentBytes();
              if (memory > MOST_MEMORY) {
                rounds.found(
                    "with bodies of %s the server takes %d MiB"
                        .formatted(words(size), memory / MIB));
              }
              if (rounds.log().troubledSince(from) > 0) {
                rounds.found("orders failed beside bodies of " + words(size));
              }
              boolean refused = isRefusal(sized, size) && isRefusal(chunked, size);
              return new Rounds.Struck(refused, System.nanoTime());
            });
    String remark =
        "%s; resident memory %d MiB before, %d MiB after"
            .formatted(answers, before / MIB, server.residentBytes() / MIB);
    return played.withRemark(remark);
  }

  private static boolean isRefusal(String answer, long size) {
    return size <= MIB ? answer.equals("400") : answer.equals("413") || answer.equals("cut off");
  }

  /** The answer's status, or that the connection ended without one. */
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

  private static String words(long size) {
    if (size >= MIB && size % MIB == 0) {
      return size / MIB + " MiB";
    }
    return size >= MIB ? size / MIB + " MiB + " + size % MIB : size + " B";
  }
}
