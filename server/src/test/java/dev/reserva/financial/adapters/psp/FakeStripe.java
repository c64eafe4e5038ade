package dev.reserva.financial.adapters.psp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.reserva.financial.adapters.psp.FakeStripeAccount.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A local server that answers as Stripe's published API does, as far as payments need it:
 * idempotency keys, errors and states. What it takes and gives back stands in its {@link
 * FakeStripeAccount}. It has the faults that a test asks for.
 */
public final class FakeStripe implements AutoCloseable {

  public static final String KEY = "sk_test_of_the_tests";

  /** What goes wrong with a request. */
  public enum Fault {
    NONE,
    /** The connection ends before the request has its effect. */
    LOSE_REQUEST,
    /** The connection ends after the request had its effect. */
    LOSE_ANSWER,
    /** A 500 before the effect, kept for the request's key. */
    FAIL,
    /** A 500 after the effect, kept for the request's key. */
    FAIL_LATE,
    /** The answer comes after {@link #SLOW}. */
    BE_SLOW
  }

  /** Longer than a caller's time limit in these tests. */
  public static final Duration SLOW = Duration.ofMillis(700);

  private final FakeStripeAccount account = new FakeStripeAccount();
  private final Map<String, Kept> kept = new HashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile Function<String, Fault> faults = _ -> Fault.NONE;

  /** The answer to a key; absent while its request is under way. */
  private record Kept(String request, Optional<Answer> answer) {}

  public FakeStripe() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public FakeStripeAccount account() {
    return account;
  }

  /** How often it was asked. */
  public int requests() {
    return requests.get();
  }

  /** The fault of each request from now on, by its method and path. */
  public void fault(Function<String, Fault> faults) {
    this.faults = faults;
  }

  public void recover() {
    fault(_ -> Fault.NONE);
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String body = new String(exchange.getRequestBody().readNBytes(64 * 1024), UTF_8);
    String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    Fault fault = faults.apply(request);
    if (fault == Fault.LOSE_REQUEST) {
      exchange.close();
      return;
    }
    Answer answer =
        ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))
            ? once(exchange, request, body, fault)
            : Answer.error(401, "invalid_request_error", null, "Invalid API Key provided");
    if (fault == Fault.LOSE_ANSWER) {
      exchange.close();
      return;
    }
    if (fault == Fault.BE_SLOW) {
      pause();
    }
    send(exchange, answer);
  }

  private Answer once(HttpExchange exchange, String request, String body, Fault fault) {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    if (key == null) {
      return effect(exchange, request, body, fault);
    }
    String whole = request + " " + body;
    synchronized (kept) {
      Kept before = kept.putIfAbsent(key, new Kept(whole, Optional.empty()));
      if (before != null && !before.request().equals(whole)) {
        return Answer.error(
            400,
            "idempotency_error",
            null,
            "Keys for idempotent requests can only be used with the same parameters");
      }
      if (before != null) {
        return before
            .answer()
            .map(Answer::replayed)
            .orElseGet(() ->
                Answer.error(
                    409, "invalid_request_error", "idempotency_key_in_use", "in progress"));
      }
    }
    Answer answer = effect(exchange, request, body, fault);
    synchronized (kept) {
      kept.put(key, new Kept(whole, Optional.of(answer)));
    }
    return answer;
  }

  private Answer effect(HttpExchange exchange, String request, String body, Fault fault) {
    if (fault == Fault.FAIL) {
      return Answer.error(500, "api_error", null, "An unknown error occurred");
    }
    String query = exchange.getRequestURI().getRawQuery();
    Answer answer = account.answer(request, form(query == null ? body : query));
    return fault == Fault.FAIL_LATE
        ? Answer.error(500, "api_error", null, "An unknown error occurred")
        : answer;
  }

  private static Map<String, String> form(String text) {
    Map<String, String> form = new HashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return form;
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Request-Id", "req_test");
    if (answer.isReplay()) {
      exchange.getResponseHeaders().set("Idempotent-Replayed", "true");
    }
    try (exchange) {
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(SLOW);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
