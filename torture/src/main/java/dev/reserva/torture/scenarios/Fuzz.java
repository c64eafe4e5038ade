package dev.reserva.torture.scenarios;

import dev.reserva.harness.HttpConnection;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.fuzz.Nonsense;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Shop;
import dev.reserva.torture.stage.RawConnection;
import dev.reserva.torture.stage.Server;
import dev.reserva.torture.stage.Sql;
import dev.reserva.torture.stage.Stage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Senseless requests by the thousand: each is refused or ignored, and none is a server's error. */
public final class Fuzz implements Scenario {
  private static final int CALLERS = 8;
  private static final int GARBAGE_EACH = 50;
  private static final int MOST_EXAMPLES = 5;

  /** "Not implemented" and "HTTP version not supported" say what is the matter with garbage. */
  private static final String HARMLESS = "[1234]\\d\\d|501|503|505";

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final Duration GARBAGE_PATIENCE = Duration.ofMillis(500);

  @Override
  public String name() {
    return "fuzz";
  }

  @Override
  public String fault() {
    return "100,000 senseless requests to every route, as an admin, and bytes that are none";
  }

  @Override
  public String proof() {
    return "each is sent, and answered or hung up on; none with a 5xx other than 501, 503, 505";
  }

  @Override
  public Outcome play(Stage stage) throws Exception {
    Server server = stage.server();
    server.start();
    Shop shop = Shop.furnish(server.url(), server.adminPassword());
    Rounds rounds = new Rounds(stage, shop);
    int requests = stage.pick(100_000, 2_000);
    Nonsense nonsense;
    String token;
    try (Api api = shop.api()) {
      nonsense = new Nonsense(api.get("/openapi.json").expect(200));
      token = api.token();
    }
    if (nonsense.routes() < 30) {
      rounds.found("only %d routes are published".formatted(nonsense.routes()));
    }
    return rounds.play(
        1,
        () -> Sql.onEmbedded(server.data()),
        _ -> {
          Flood flood = new Flood(server.url(), token, nonsense, requests);
          long from = System.nanoTime();
          int sent = flood.send(stage.random().split());
          long over = System.nanoTime();
          if (rounds.log().troubledSince(from) > 0) {
            rounds.found("good orders failed meanwhile: " + rounds.log().answers());
          }
          flood.examples.forEach(rounds::found);
          rounds.remark(
              "%d requests to %d routes: %s".formatted(sent, nonsense.routes(), flood.answers));
          return new Rounds.Struck(sent == requests && server.isAlive(), over);
        });
  }

  private static final class Flood {
    private final URI server;
    private final String token;
    private final Nonsense nonsense;
    private final int requests;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final List<String> examples = new ArrayList<>();

    Flood(URI server, String token, Nonsense nonsense, int requests) {
      this.server = server;
      this.token = token;
      this.nonsense = nonsense;
      this.requests = requests;
    }

    int send(SplittableRandom random) throws Exception {
      List<Future<?>> callers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int caller = 0; caller < CALLERS; caller++) {
          SplittableRandom own = random.split();
          int share = requests / CALLERS + (caller < requests % CALLERS ? 1 : 0);
          callers.add(
              threads.submit(() -> {
                call(own, share);
                return null;
              }));
        }
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
      return sent.get();
    }

    private void call(SplittableRandom random, int share) throws IOException {
      try (HttpConnection connection = new HttpConnection(server, PATIENCE)) {
        for (int i = 0; i < share; i++) {
          if (i % GARBAGE_EACH == 0) {
            garbage(random);
          } else {
            request(connection, nonsense.next(random));
          }
          sent.incrementAndGet();
        }
      }
    }

    private void request(HttpConnection connection, Nonsense.Request request) {
      String said;
      String detail = "";
      try {
        HttpConnection.Answer answer =
            connection.send(
                request.method(),
                request.path(),
                request.headers() + "Authorization: Bearer " + token + "\r\n",
                request.bytes());
        said = String.valueOf(answer.status());
        detail = answer.text();
      } catch (IOException e) {
        said = "hung up";
      }
      note(said, () -> request.method() + " " + request.path(), request.bytes(), detail);
    }

    private void garbage(SplittableRandom random) throws IOException {
      byte[] bytes = Nonsense.garbage(random);
      try (RawConnection connection = new RawConnection(server)) {
        connection.patience(GARBAGE_PATIENCE);
        connection.write(bytes);
        connection.end();
        int status = connection.status();
        String said = status == RawConnection.NONE ? "hung up" : String.valueOf(status);
        note(said, () -> "garbage", bytes, "");
      }
    }

    private void note(
        String said, java.util.function.Supplier<String> what, byte[] body, String detail) {
      answers.merge(said, 1, Integer::sum);
      if (said.matches("\\d+") && !said.matches(HARMLESS)) {
        String shown = new String(body, 0, Math.min(300, body.length), StandardCharsets.ISO_8859_1);
        synchronized (examples) {
          if (examples.size() < MOST_EXAMPLES) {
            examples.add("%s answers %s to %s: %s".formatted(what.get(), said, shown, detail));
          }
        }
      }
    }
  }
}
