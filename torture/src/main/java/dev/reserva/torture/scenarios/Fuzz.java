package dev.reserva.torture.scenarios;

import dev.reserva.harness.HttpConnection;
import dev.reserva.torture.Outcome;
import dev.reserva.torture.Scenario;
import dev.reserva.torture.environment.Environment;
import dev.reserva.torture.environment.RawConnection;
import dev.reserva.torture.environment.Server;
import dev.reserva.torture.fuzz.InvalidRequests;
import dev.reserva.torture.shop.Api;
import dev.reserva.torture.shop.Shop;
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

/** Thousands of invalid requests: each is refused or ignored, and none is a server error. */
final class Fuzz {
  private static final int CALLERS = 8;
  private static final int GARBAGE_EACH = 50;
  private static final int MAX_EXAMPLES = 5;

  /** Of the server errors, 501, 503 and 505 say what is wrong with a request. */
  private static final String ALLOWED_STATUSES = "[1234]\\d\\d|501|503|505";

  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(40);
  private static final Duration GARBAGE_ANSWER_LIMIT = Duration.ofMillis(500);

  private Fuzz() {}

  static Scenario scenario() {
    return new Scenario(
        "fuzz",
        "100,000 senseless requests to every route, as an admin, and bytes that are none",
        "each is sent, and answered or hung up on; none with a 5xx other than 501, 503, 505",
        Fuzz::run);
  }

  private static Outcome run(Environment environment) throws Exception {
    EmbeddedServer running = EmbeddedServer.start(environment);
    Server server = running.server();
    Shop shop = running.shop();
    Rounds rounds = running.rounds();
    int total = environment.pick(100_000, 2_000);
    InvalidRequests requests;
    try (Api api = shop.api()) {
      requests = new InvalidRequests(api.get("/openapi.json").expect(200));
    }
    if (requests.routes() < 30) {
      rounds.found("only %d routes are published".formatted(requests.routes()));
    }
    return rounds.run(
        1,
        _ -> {
          Flood flood = new Flood(server.url(), shop, requests, total);
          long from = System.nanoTime();
          int sent = flood.send(environment.random().split());
          long over = System.nanoTime();
          if (rounds.log().failuresSince(from) > 0) {
            rounds.found("valid orders failed meanwhile: " + rounds.log().answers());
          }
          flood.examples.forEach(rounds::found);
          rounds.remark(
              "%d requests to %d routes: %s".formatted(sent, requests.routes(), flood.answers));
          return new Rounds.Injected(sent == total && server.isAlive(), over);
        });
  }

  /** Sends the requests and counts their answers. */
  private static final class Flood {
    private final URI server;
    private final Shop shop;
    private final InvalidRequests requests;
    private final int total;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<String, Integer> answers = new ConcurrentSkipListMap<>();
    private final List<String> examples = new ArrayList<>();

    Flood(URI server, Shop shop, InvalidRequests requests, int total) {
      this.server = server;
      this.shop = shop;
      this.requests = requests;
      this.total = total;
    }

    int send(SplittableRandom random) throws Exception {
      List<Future<?>> callers = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int caller = 0; caller < CALLERS; caller++) {
          SplittableRandom own = random.split();
          int share = total / CALLERS + (caller < total % CALLERS ? 1 : 0);
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
      try (HttpConnection connection = new HttpConnection(server, ANSWER_LIMIT);
          Api api = shop.api()) {
        for (int i = 0; i < share; i++) {
          if (i % GARBAGE_EACH == 0) {
            sendGarbage(random);
          } else {
            request(connection, requests.next(random), api.token());
          }
          sent.incrementAndGet();
        }
      }
    }

    private void request(HttpConnection connection, InvalidRequests.Request request, String token) {
      String answered;
      String detail = "";
      try {
        HttpConnection.Answer answer =
            connection.send(
                request.method(),
                request.path(),
                request.headers() + "Authorization: Bearer " + token + "\r\n",
                request.bytes());
        answered = String.valueOf(answer.status());
        detail = answer.text();
      } catch (IOException e) {
        answered = "hung up";
      }
      count(answered, () -> request.method() + " " + request.path(), request.bytes(), detail);
    }

    private void sendGarbage(SplittableRandom random) throws IOException {
      byte[] bytes = InvalidRequests.garbage(random);
      try (RawConnection connection = new RawConnection(server)) {
        connection.answerLimit(GARBAGE_ANSWER_LIMIT);
        connection.write(bytes);
        connection.end();
        int status = connection.status();
        String answered = status == RawConnection.NONE ? "hung up" : String.valueOf(status);
        count(answered, () -> "garbage", bytes, "");
      }
    }

    private void count(
        String answered, java.util.function.Supplier<String> what, byte[] body, String detail) {
      answers.merge(answered, 1, Integer::sum);
      if (answered.matches("\\d+") && !answered.matches(ALLOWED_STATUSES)) {
        String shown = new String(body, 0, Math.min(300, body.length), StandardCharsets.ISO_8859_1);
        synchronized (examples) {
          if (examples.size() < MAX_EXAMPLES) {
            examples.add("%s answers %s to %s: %s".formatted(what.get(), answered, shown, detail));
          }
        }
      }
    }
  }
}
