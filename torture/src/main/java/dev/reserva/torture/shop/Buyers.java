package dev.reserva.torture.shop;

import dev.reserva.torture.shop.OperationLog.Operation;
import dev.reserva.torture.shop.OperationLog.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Buyers who keep ordering, each on a connection of its own, until they are stopped. A buyer with
 * patience repeats a request that got 503, 504 or no answer, with the same Idempotency-Key. What is
 * unknown in the end, the {@link Judge} repeats.
 */
public final class Buyers {
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration BACK_OFF = Duration.ofMillis(100);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final String NOT_CONNECTED = "not connected";
  private static final int CREATED = 201;
  private static final int UNAVAILABLE = 503;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Shop shop;
  private final OperationLog log;
  private final Duration answerLimit;
  private final Duration patience;
  private final Function<RandomGenerator, Order> orders;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Buyers(
      Shop shop,
      OperationLog log,
      Duration answerLimit,
      Duration patience,
      Function<RandomGenerator, Order> orders) {
    this.shop = shop;
    this.log = log;
    this.answerLimit = answerLimit;
    this.patience = patience;
    this.orders = orders;
  }

  /** Starts buyers with random orders. */
  public static Buyers start(Shop shop, int buyers, OperationLog log, SplittableRandom random) {
    return start(shop, buyers, log, random, Duration.ofSeconds(30), shop::order);
  }

  /** Starts buyers who repeat nothing. */
  public static Buyers start(
      Shop shop,
      int buyers,
      OperationLog log,
      SplittableRandom random,
      Duration answerLimit,
      Function<RandomGenerator, Order> orders) {
    return start(shop, buyers, log, random, answerLimit, Duration.ZERO, orders);
  }

  /**
   * @param answerLimit time-out of an answer
   * @param patience how long a request is repeated; zero: it is sent once
   * @param orders makes their orders
   */
  public static Buyers start(
      Shop shop,
      int buyers,
      OperationLog log,
      SplittableRandom random,
      Duration answerLimit,
      Duration patience,
      Function<RandomGenerator, Order> orders) {
    Buyers all = new Buyers(shop, log, answerLimit, patience, orders);
    for (int i = 0; i < buyers; i++) {
      SplittableRandom own = random.split();
      all.threads.add(Thread.ofVirtual().name("buyer-" + i).start(() -> all.buy(own)));
    }
    return all;
  }

  private void buy(RandomGenerator random) {
    try (Api api = shop.api(answerLimit)) {
      while (!stopped) {
        boolean ok = place(api, orders.apply(random), log, patience);
        Thread.sleep(ok ? PAUSE : BACK_OFF);
      }
    } catch (IOException e) {
      System.err.println("a connection did not close cleanly: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends an order once and logs the result; returns whether it was acknowledged. */
  static boolean place(Api api, Order order, OperationLog log) {
    Operation operation = send(api, order);
    log.add(operation);
    return operation.result() == Result.OK;
  }

  /**
   * Sends an order until it is answered, for at most so long, and logs the result of all requests
   * together: acknowledged if one was, else unknown if one was, else refused.
   *
   * @return whether it was acknowledged
   */
  static boolean place(Api api, Order order, OperationLog log, Duration patience)
      throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Operation last = send(api, order);
    Operation told = last;
    try {
      while (worthRepeating(last) && System.nanoTime() < end) {
        Thread.sleep(BACK_OFF);
        last = send(api, order);
        if (last.result() != Result.FAILED || told.result() == Result.FAILED) {
          told = last;
        }
      }
    } finally {
      log.add(told);
    }
    return told.result() == Result.OK;
  }

  private static boolean worthRepeating(Operation operation) {
    return switch (operation.result()) {
      case OK -> false;
      case UNKNOWN -> true;
      case FAILED ->
          operation.answer().equals(NOT_CONNECTED)
              || operation.answer().startsWith(String.valueOf(UNAVAILABLE));
    };
  }

  private static Operation send(Api api, Order order) {
    long sent = System.nanoTime();
    try {
      Api.Reply reply =
          api.send("POST", "/api/orders", "Idempotency-Key: " + order.key() + "\r\n", order.json());
      return operation(order, sent, reply);
    } catch (ConnectException e) {
      // The server did not get the request.
      return new Operation(order, sent, System.nanoTime(), Result.FAILED, null, NOT_CONNECTED);
    } catch (IOException e) {
      return new Operation(
          order, sent, System.nanoTime(), Result.UNKNOWN, null, e.getClass().getSimpleName());
    }
  }

  private static Operation operation(Order order, long sent, Api.Reply reply) {
    long now = System.nanoTime();
    if (reply.status() == CREATED) {
      JsonNode id = reply.json().path("id");
      String answer = String.valueOf(reply.status());
      return new Operation(order, sent, now, Result.OK, id.asString(), answer);
    }
    String type = reply.json().path("type").asString("");
    String answer = "%d%s".formatted(reply.status(), type.replaceFirst(".*/", " "));
    // By contract, an error other than a time-out has changed nothing.
    Result result = reply.status() == GATEWAY_TIMEOUT ? Result.UNKNOWN : Result.FAILED;
    return new Operation(order, sent, now, result, null, answer);
  }

  /** Stops the buyers; returns when the last request is answered or given up. */
  public void stop() throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + STOP_LIMIT.toNanos();
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      thread.interrupt();
    }
  }
}
