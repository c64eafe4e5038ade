package dev.reserva.torture.shop;

import dev.reserva.torture.shop.OperationLog.Operation;
import dev.reserva.torture.shop.OperationLog.Result;
import dev.reserva.torture.shop.Provider.Charge;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Compares the buyers' log with the state of the server as seen from outside: over HTTP, and in the
 * payment provider's ledger. The server's own integrity checks are only one part of it.
 */
public final class Judge {
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
  private static final Duration RETRY_LIMIT = Duration.ofSeconds(90);
  private static final int REPEATED = 50;
  private static final int MAX_TEXTS = 12;

  private final Shop shop;
  private final OperationLog log;
  private final Set<String> excuses;
  private final Duration settleLimit;
  private final List<String> broken = new ArrayList<>();
  private int brokenCount;
  private int lost;
  private int doubled;

  /**
   * @param excuses reasons for which an order may end CANCELLED or FAILED because of the fault,
   *     such as {@code reservation_expired}
   */
  public Judge(Shop shop, OperationLog log, Set<String> excuses) {
    this(shop, log, excuses, Duration.ZERO);
  }

  /**
   * @param settleLimit how long other processes may take, after an order has its final status, to
   *     do their part: to end reservations, and to balance what the invariants compare
   */
  public Judge(Shop shop, OperationLog log, Set<String> excuses, Duration settleLimit) {
    this.shop = shop;
    this.log = log;
    this.excuses = excuses;
    this.settleLimit = settleLimit;
  }

  /**
   * The result of the check.
   *
   * @param acknowledged orders that the server acknowledged, including those that were acknowledged
   *     when their request was repeated
   * @param lost acknowledged orders that do not exist as ordered
   * @param doubled orders or charges without a request, or repeated ones
   * @param excused orders with another status than their payment token implies, for a reason that
   *     the fault excuses
   * @param broken texts of the first other errors
   * @param brokenCount number of other errors
   * @param drain from the last request until no order was under way
   */
  public record Verdict(
      long ok,
      long failed,
      long unknown,
      long acknowledged,
      int lost,
      int doubled,
      int excused,
      List<String> broken,
      int brokenCount,
      Duration drain) {

    public boolean clean() {
      return lost == 0 && doubled == 0 && brokenCount == 0;
    }
  }

  /** Checks everything, after the last order has been placed. The server must be up. */
  public Verdict judge(Provider provider) throws Exception {
    long start = System.nanoTime();
    long ok = log.count(Result.OK);
    long failed = log.count(Result.FAILED);
    long unknown = log.count(Result.UNKNOWN);
    try (Api api = shop.api()) {
      checkAnswers();
      Drain system = new Drain(api);
      Duration drain = awaitDrained(system, start);
      Map<String, Order> acknowledged = acknowledged(api);
      awaitDrained(system, System.nanoTime());
      // What has not settled in time, the checks find.
      system.awaitSettled(shop.products(), settleLimit);
      int excused = checkOrders(api, provider.charges(), acknowledged);
      checkIntegrity(api);
      return new Verdict(
          ok,
          failed,
          unknown,
          acknowledged.size(),
          lost,
          doubled,
          excused,
          List.copyOf(broken),
          brokenCount,
          drain);
    }
  }

  private void broken(String text) {
    brokenCount++;
    addText(text);
  }

  private void addText(String text) {
    if (broken.size() < MAX_TEXTS) {
      broken.add(text);
    }
  }

  /** All orders are valid, so a refusal must be 503 or 504. */
  private void checkAnswers() {
    log.answers()
        .forEach((answer, times) -> {
          if (answer.matches("\\d.*") && !answer.matches("(201|503|504).*")) {
            broken("%d valid orders were answered %s".formatted(times, answer));
          }
        });
  }

  /** All acknowledged orders by id. Requests of unknown outcome are repeated to find out. */
  private Map<String, Order> acknowledged(Api api) throws IOException, InterruptedException {
    Map<String, Order> acknowledged = new HashMap<>();
    for (Operation operation : log.all(Result.OK)) {
      acknowledge(acknowledged, String.valueOf(operation.id()), operation.order());
    }
    for (Operation operation : log.all(Result.UNKNOWN)) {
      acknowledge(acknowledged, repeat(api, operation.order()), operation.order());
    }
    // A repeated request of an acknowledged order must be answered with the same order.
    List<Operation> known = log.all(Result.OK);
    for (int i = 0; i < known.size(); i += Math.max(1, known.size() / REPEATED)) {
      String id = repeat(api, known.get(i).order());
      if (!id.equals(known.get(i).id())) {
        doubled++;
        addText(
            "the repeated request of order %s is answered with order %s"
                .formatted(known.get(i).id(), id));
      }
    }
    return acknowledged;
  }

  private void acknowledge(Map<String, Order> acknowledged, String id, Order order) {
    Order other = acknowledged.put(id, order);
    if (other != null) {
      broken("order %s was acknowledged to two requests".formatted(id));
    }
  }

  private static String repeat(Api api, Order order) throws IOException, InterruptedException {
    long end = System.nanoTime() + RETRY_LIMIT.toNanos();
    OperationLog repeats = new OperationLog();
    while (!Buyers.place(api, order, repeats)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "order %s cannot be repeated: %s".formatted(order.key(), repeats.answers()));
      }
      Thread.sleep(100);
    }
    return String.valueOf(repeats.all(Result.OK).getFirst().id());
  }

  private Duration awaitDrained(Drain system, long start) throws IOException, InterruptedException {
    Optional<Duration> took = system.awaitFinal(start, DRAIN_LIMIT);
    if (took.isEmpty()) {
      broken("orders are still under way after " + DRAIN_LIMIT);
    }
    return took.orElse(DRAIN_LIMIT);
  }

  private int checkOrders(Api api, Map<String, Charge> charges, Map<String, Order> acknowledged)
      throws IOException, InterruptedException {
    Map<String, List<Charge>> chargesByOrder = new HashMap<>();
    Set<String> known = new HashSet<>();
    for (JsonNode payment : api.all("/api/payments")) {
      Charge charge = charges.get(payment.path("id").asString());
      if (charge != null) {
        known.add(charge.key());
        chargesByOrder
            .computeIfAbsent(payment.path("orderId").asString(), _ -> new ArrayList<>())
            .add(charge);
      }
    }
    charges.forEach((key, charge) -> {
      if (!known.contains(key) && charge.captured() != charge.refunded()) {
        doubled++;
        addText("the provider has captured a charge %s without a payment".formatted(key));
      }
    });
    int excused = 0;
    Map<String, Integer> sold = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (JsonNode order : api.all("/api/orders?customerId=" + shop.customer())) {
      String id = order.path("id").asString();
      Order ordered = acknowledged.get(id);
      if (!found.add(id) || ordered == null) {
        doubled++;
        addText("order %s is listed and was never acknowledged".formatted(id));
        continue;
      }
      checkContent(order, ordered);
      boolean confirmed = order.path("status").asString().equals("CONFIRMED");
      excused += checkStatus(order, ordered);
      checkMoney(id, chargesByOrder.getOrDefault(id, List.of()), confirmed ? ordered.cents() : 0);
      if (confirmed) {
        ordered.lines().forEach((product, units) -> sold.merge(product, units, Integer::sum));
      }
    }
    for (String id : acknowledged.keySet()) {
      if (!found.contains(id)) {
        lost++;
        addText(
            "order %s was acknowledged, is not listed, and by its id answers %d"
                .formatted(id, api.get("/api/orders/" + id).status()));
      }
    }
    checkStock(api, sold);
    return excused;
  }

  private void checkContent(JsonNode order, Order ordered) {
    Map<String, Integer> lines = new HashMap<>();
    for (JsonNode item : order.path("items")) {
      lines.merge(item.path("productId").asString(), item.path("quantity").asInt(), Integer::sum);
    }
    String total = order.path("total").path("amount").asString();
    if (!lines.equals(ordered.lines()) || !total.equals(Shop.amount(ordered.cents()))) {
      lost++;
      addText(
          "order %s has other contents than were ordered: %s".formatted(order.path("id"), order));
    }
  }

  /**
   * @return 1 if the order has an unexpected status for an excused reason, else 0
   */
  private int checkStatus(JsonNode order, Order ordered) {
    String status = order.path("status").asString();
    String reason = order.path("reason").asString("");
    boolean asExpected =
        switch (ordered.expected()) {
          case CONFIRMED -> status.equals("CONFIRMED");
          case CANCELLED -> status.equals("CANCELLED") && reason.equals("payment_failed");
        };
    if (asExpected) {
      return 0;
    }
    if ((status.equals("CANCELLED") || status.equals("FAILED")) && excuses.contains(reason)) {
      return 1;
    }
    broken(
        "order %s should be %s and is %s %s"
            .formatted(order.path("id").asString(), ordered.expected(), status, reason));
    return 0;
  }

  private void checkMoney(String order, List<Charge> charges, long expected) {
    long kept = charges.stream().mapToLong(charge -> charge.captured() - charge.refunded()).sum();
    if (kept != expected) {
      broken(
          "for order %s the provider keeps %s, expected %s"
              .formatted(order, Shop.amount(kept), Shop.amount(expected)));
    }
    long captures = charges.stream().filter(charge -> charge.captured() > 0).count();
    if (captures > 1) {
      doubled++;
      addText("for order %s the provider has captured %d charges".formatted(order, captures));
    }
  }

  private void checkStock(Api api, Map<String, Integer> sold)
      throws IOException, InterruptedException {
    for (Shop.Product product : shop.products()) {
      JsonNode now = api.eventually("/api/inventory/products/" + product.id());
      int expected = Shop.STOCK - sold.getOrDefault(product.id(), 0);
      if (now.path("stock").asInt() != expected || now.path("reserved").asInt() != 0) {
        broken(
            "product %s has stock %s and reserved %s, expected %d and 0"
                .formatted(product.id(), now.path("stock"), now.path("reserved"), expected));
      }
    }
  }

  private void checkIntegrity(Api api) throws IOException, InterruptedException {
    JsonNode integrity = api.eventually("/api/integrity");
    if (!integrity.path("ok").asBoolean() || integrity.path("checks").isEmpty()) {
      for (JsonNode check : integrity.path("checks")) {
        if (!check.path("ok").asBoolean()) {
          broken("invariant %s: %s".formatted(check.path("name"), check.path("violations")));
        }
      }
    }
    int letters = api.all("/api/dlq").size();
    if (letters > 0) {
      broken("%d dead letters are open".formatted(letters));
    }
  }
}
