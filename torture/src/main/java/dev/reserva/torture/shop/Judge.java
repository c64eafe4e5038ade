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
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Compares what the buyers know with what there is, as it can be seen from outside: by HTTP, and in
 * the payment provider's own ledger. What the server says of itself (its invariants) is only one of
 * the witnesses.
 */
public final class Judge {
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
  private static final Duration RETRY_LIMIT = Duration.ofSeconds(90);
  private static final int REPEATED = 50;
  private static final int MOST_WORDS = 12;
  private static final List<String> UNDER_WAY = List.of("PENDING", "PENDING_PAYMENT", "PAID");

  private final Shop shop;
  private final OperationLog log;
  private final Set<String> excuses;
  private final List<String> broken = new ArrayList<>();
  private int brokenCount;
  private int lost;
  private int doubled;

  /**
   * @param excuses reasons for which an order may end CANCELLED or FAILED because of the fault,
   *     such as {@code reservation_expired}
   */
  public Judge(Shop shop, OperationLog log, Set<String> excuses) {
    this.shop = shop;
    this.log = log;
    this.excuses = excuses;
  }

  /**
   * What came out.
   *
   * @param acknowledged orders that the server said it has, those included that were asked for
   *     again
   * @param lost of these, how many are not there as promised
   * @param doubled orders or charges that nobody asked for, or twice
   * @param excused orders that ended otherwise than their payment token says, for a reason that the
   *     fault excuses
   * @param broken what else is wrong, in words; some of it, if it is much
   * @param brokenCount how much else is wrong
   * @param drain from the last buyer's leaving until no order was under way
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

  /** Judges when the last order has been placed; the server must be up. */
  public Verdict judge(Provider provider) throws Exception {
    long start = System.nanoTime();
    long ok = log.count(Result.OK);
    long failed = log.count(Result.FAILED);
    long unknown = log.count(Result.UNKNOWN);
    try (Api api = shop.api()) {
      judgeAnswers();
      Duration drain = awaitDrained(api, start);
      Map<String, Order> promised = promised(api);
      awaitDrained(api, System.nanoTime());
      int excused = judgeOrders(api, provider.charges(), promised);
      judgeIntegrity(api);
      return new Verdict(
          ok,
          failed,
          unknown,
          promised.size(),
          lost,
          doubled,
          excused,
          List.copyOf(broken),
          brokenCount,
          drain);
    }
  }

  private void complain(String words) {
    brokenCount++;
    note(words);
  }

  /** For what is counted as lost or doubled already. */
  private void note(String words) {
    if (broken.size() < MOST_WORDS) {
      broken.add(words);
    }
  }

  /** A refusal must say "later" and nothing else: these orders were all good. */
  private void judgeAnswers() {
    log.answers()
        .forEach((answer, times) -> {
          if (answer.matches("\\d+") && !answer.matches("201|503|504")) {
            complain("%d good orders were answered %s".formatted(times, answer));
          }
        });
  }

  /** All acknowledged orders by id; whoever does not know is told on asking again. */
  private Map<String, Order> promised(Api api) throws IOException, InterruptedException {
    Map<String, Order> promised = new HashMap<>();
    for (Operation operation : log.all(Result.OK)) {
      promise(promised, String.valueOf(operation.id()), operation.order());
    }
    for (Operation operation : log.all(Result.UNKNOWN)) {
      promise(promised, again(api, operation.order()), operation.order());
    }
    // A repeated request for what was acknowledged is answered with the same order.
    List<Operation> known = log.all(Result.OK);
    for (int i = 0; i < known.size(); i += Math.max(1, known.size() / REPEATED)) {
      String id = again(api, known.get(i).order());
      if (!id.equals(known.get(i).id())) {
        doubled++;
        note("order %s asked for again is %s".formatted(known.get(i).id(), id));
      }
    }
    return promised;
  }

  private void promise(Map<String, Order> promised, String id, Order order) {
    Order other = promised.put(id, order);
    if (other != null) {
      complain("order %s was promised to two requests".formatted(id));
    }
  }

  private static String again(Api api, Order order) throws IOException, InterruptedException {
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

  private Duration awaitDrained(Api api, long start) throws IOException, InterruptedException {
    long end = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (true) {
      boolean drained = true;
      for (String status : UNDER_WAY) {
        drained &= api.eventually("/api/orders?limit=1&status=" + status).path("items").isEmpty();
      }
      if (drained) {
        return Duration.ofNanos(System.nanoTime() - start);
      }
      if (System.nanoTime() > end) {
        complain("orders are still under way after " + DRAIN_LIMIT);
        return DRAIN_LIMIT;
      }
      Thread.sleep(20);
    }
  }

  private int judgeOrders(Api api, Map<String, Charge> charges, Map<String, Order> promised)
      throws IOException, InterruptedException {
    Map<String, List<Charge>> taken = new HashMap<>();
    Set<String> explained = new HashSet<>();
    for (JsonNode payment : api.all("/api/payments")) {
      Charge charge = charges.get(payment.path("id").asString());
      if (charge != null) {
        explained.add(charge.key());
        taken
            .computeIfAbsent(payment.path("orderId").asString(), _ -> new ArrayList<>())
            .add(charge);
      }
    }
    charges.forEach((key, charge) -> {
      if (!explained.contains(key) && charge.captured() != charge.refunded()) {
        doubled++;
        note("the provider has taken money for %s, of which nobody knows".formatted(key));
      }
    });
    int excused = 0;
    Map<String, Integer> sold = new HashMap<>();
    Set<String> found = new HashSet<>();
    for (JsonNode order : api.all("/api/orders?customerId=" + shop.customer())) {
      String id = order.path("id").asString();
      Order promise = promised.get(id);
      if (!found.add(id) || promise == null) {
        doubled++;
        note("order %s is listed and nobody was promised it".formatted(id));
        continue;
      }
      judgeContent(order, promise);
      boolean confirmed = order.path("status").asString().equals("CONFIRMED");
      excused += judgeFate(order, promise);
      judgeMoney(id, taken.getOrDefault(id, List.of()), confirmed ? promise.cents() : 0);
      if (confirmed) {
        promise.lines().forEach((product, units) -> sold.merge(product, units, Integer::sum));
      }
    }
    for (String id : promised.keySet()) {
      if (!found.contains(id)) {
        lost++;
        note(
            "order %s was acknowledged, is not listed, and by its id answers %d"
                .formatted(id, api.get("/api/orders/" + id).status()));
      }
    }
    judgeStock(api, sold);
    return excused;
  }

  private void judgeContent(JsonNode order, Order promise) {
    Map<String, Integer> lines = new HashMap<>();
    for (JsonNode item : order.path("items")) {
      lines.merge(item.path("productId").asString(), item.path("quantity").asInt(), Integer::sum);
    }
    String total = order.path("total").path("amount").asString();
    if (!lines.equals(promise.lines()) || !total.equals(Shop.amount(promise.cents()))) {
      lost++;
      note("order %s is not what was ordered: %s".formatted(order.path("id"), order));
    }
  }

  /**
   * @return 1 if it ended otherwise than it should, for a reason that is excused
   */
  private int judgeFate(JsonNode order, Order promise) {
    String status = order.path("status").asString();
    String reason = order.path("reason").asString("");
    boolean asToken =
        switch (promise.fate()) {
          case CONFIRMED -> status.equals("CONFIRMED");
          case CANCELLED -> status.equals("CANCELLED") && reason.equals("payment_failed");
        };
    if (asToken) {
      return 0;
    }
    if ((status.equals("CANCELLED") || status.equals("FAILED")) && excuses.contains(reason)) {
      return 1;
    }
    complain(
        "order %s should be %s and is %s %s"
            .formatted(order.path("id").asString(), promise.fate(), status, reason));
    return 0;
  }

  private void judgeMoney(String order, List<Charge> charges, long due) {
    long kept = charges.stream().mapToLong(charge -> charge.captured() - charge.refunded()).sum();
    if (kept != due) {
      complain(
          "for order %s the provider keeps %s, due are %s"
              .formatted(order, Shop.amount(kept), Shop.amount(due)));
    }
    long captures = charges.stream().filter(charge -> charge.captured() > 0).count();
    if (captures > 1) {
      doubled++;
      note("for order %s the provider has taken money %d times".formatted(order, captures));
    }
  }

  private void judgeStock(Api api, Map<String, Integer> sold)
      throws IOException, InterruptedException {
    for (Shop.Product product : shop.products()) {
      JsonNode now = api.eventually("/api/inventory/products/" + product.id());
      int due = Shop.STOCK - sold.getOrDefault(product.id(), 0);
      if (now.path("stock").asInt() != due || now.path("reserved").asInt() != 0) {
        complain(
            "product %s has stock %s and reserved %s, due are %d and 0"
                .formatted(product.id(), now.path("stock"), now.path("reserved"), due));
      }
    }
  }

  private void judgeIntegrity(Api api) throws IOException, InterruptedException {
    JsonNode integrity = api.eventually("/api/integrity");
    if (!integrity.path("ok").asBoolean() || integrity.path("checks").isEmpty()) {
      for (JsonNode check : integrity.path("checks")) {
        if (!check.path("ok").asBoolean()) {
          complain("invariant %s: %s".formatted(check.path("name"), check.path("violations")));
        }
      }
    }
    int letters = api.all("/api/dlq").size();
    if (letters > 0) {
      complain("%d dead letters wait for an operator".formatted(letters));
    }
  }
}
