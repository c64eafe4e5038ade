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
 * Buyers who order again and again, each on a connection of his own, until they are told to stop.
 * Nobody repeats a request whose outcome he does not know: that is left to the {@link Judge}.
 */
public final class Buyers {
  private static final Duration THINKING = Duration.ofMillis(20);
  private static final Duration BACK_OFF = Duration.ofMillis(100);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final int CREATED = 201;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Shop shop;
  private final OperationLog log;
  private final Duration answerLimit;
  private final Function<RandomGenerator, Order> wishes;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  private Buyers(
      Shop shop, OperationLog log, Duration answerLimit, Function<RandomGenerator, Order> wishes) {
    this.shop = shop;
    this.log = log;
    this.answerLimit = answerLimit;
    this.wishes = wishes;
  }

  /** Lets buyers in who want anything. */
  public static Buyers start(Shop shop, int buyers, OperationLog log, SplittableRandom random) {
    return start(shop, buyers, log, random, Duration.ofSeconds(30), shop::order);
  }

  /**
   * @param answerLimit how long a buyer waits for an answer
   * @param wishes what they order
   */
  public static Buyers start(
      Shop shop,
      int buyers,
      OperationLog log,
      SplittableRandom random,
      Duration answerLimit,
      Function<RandomGenerator, Order> wishes) {
    Buyers all = new Buyers(shop, log, answerLimit, wishes);
    for (int i = 0; i < buyers; i++) {
      SplittableRandom own = random.split();
      all.threads.add(Thread.ofVirtual().name("buyer-" + i).start(() -> all.buy(own)));
    }
    return all;
  }

  private void buy(RandomGenerator random) {
    try (Api api = shop.api(answerLimit)) {
      while (!stopped) {
        boolean ok = place(api, wishes.apply(random), log);
        Thread.sleep(ok ? THINKING : BACK_OFF);
      }
    } catch (IOException e) {
      System.err.println("a connection did not close cleanly: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends an order once and notes what became of it; tells whether it was acknowledged. */
  static boolean place(Api api, Order order, OperationLog log) {
    long sent = System.nanoTime();
    Operation operation;
    try {
      Api.Reply reply =
          api.send("POST", "/api/orders", "Idempotency-Key: " + order.key() + "\r\n", order.json());
      operation = operation(order, sent, reply);
    } catch (ConnectException e) {
      // Nobody was there to be asked: that much is certain.
      operation =
          new Operation(order, sent, System.nanoTime(), Result.FAILED, null, "not connected");
    } catch (IOException e) {
      operation =
          new Operation(
              order, sent, System.nanoTime(), Result.UNKNOWN, null, e.getClass().getSimpleName());
    }
    log.add(operation);
    return operation.result() == Result.OK;
  }

  private static Operation operation(Order order, long sent, Api.Reply reply) {
    long now = System.nanoTime();
    String said = String.valueOf(reply.status());
    if (reply.status() == CREATED) {
      JsonNode id = reply.json().path("id");
      return new Operation(order, sent, now, Result.OK, id.asString(), said);
    }
    // The contract: an error other than a time-out means that nothing changed.
    Result result = reply.status() == GATEWAY_TIMEOUT ? Result.UNKNOWN : Result.FAILED;
    return new Operation(order, sent, now, result, null, said);
  }

  /** No more orders; returns when the last request has its answer or is given up. */
  public void stop() throws InterruptedException {
    stopped = true;
    long end = System.nanoTime() + STOP_LIMIT.toNanos();
    for (Thread thread : threads) {
      thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      thread.interrupt();
    }
  }
}
