package dev.reserva.cli.replay;

import dev.reserva.cli.api.Amount;
import dev.reserva.cli.api.Customer;
import dev.reserva.cli.api.Integrity;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Product;
import dev.reserva.cli.api.Reply;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.UnexpectedReply;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Replays a shop's history in the order of its invoices. It creates products and customers when
 * they first appear; an invoice is an order, a C invoice a return.
 *
 * <p>One thread reads and decides. The requests run in other threads, as many at a time as the
 * pipeline has places. A return waits for its order.
 */
public final class Replay {
  /** Enough for the server to work in batches; with more, each order only waits longer. */
  private static final int ORDERS_IN_FLIGHT = 64;

  /** An invoice may name hundreds of new products. */
  private static final int CREATIONS_IN_FLIGHT = 32;

  private static final String FAILED = "failed, no proper answer";
  private static final int FAILURES_TOLD = 10;
  private static final String CURRENCY = "GBP";
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration DECISION_LIMIT = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(30);

  /**
   * How to replay.
   *
   * @param stock what each product has when it is created
   * @param ordersPerSecond absent: as fast as the server can
   * @param locations among which the products are distributed, 1 or more
   */
  public record Options(int stock, OptionalDouble ordersPerSecond, int locations) {}

  private final ReservaApi api;
  private final Parcels parcels;
  private final Places places;
  private final Options options;
  private final PrintStream out;
  private final boolean terminal;

  /** Makes keys and e-mail addresses differ from those of an earlier replay. */
  private final String run = UUID.randomUUID().toString();

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore orderSlots = new Semaphore(ORDERS_IN_FLIGHT);
  private final Semaphore creationSlots = new Semaphore(CREATIONS_IN_FLIGHT);
  private final Latencies latencies = new Latencies();
  private final AtomicLong decided = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();

  // Only the reading thread touches these.
  private final Map<String, Listed> products = new HashMap<>();
  private final Map<String, CompletableFuture<UUID>> customers = new HashMap<>();
  private final Purchases<Placed> purchases = new Purchases<>();
  private final List<Placed> placed = new ArrayList<>();
  private final List<GivenBack> givenBack = new ArrayList<>();
  private final Tally fates = new Tally();
  private final Tally skippedCodes = new Tally();
  private long differingPrices;
  private long orders;
  private long firstOrder;

  /** A product as the catalogue has it. */
  private record Listed(BigDecimal price, CompletableFuture<UUID> id) {}

  private record Wanted(CompletableFuture<UUID> product, int quantity) {}

  /**
   * An order under way.
   *
   * @param lines of the file that are in it
   * @param outcome how it ended, or why it was refused
   * @param lastReturn the latest of its returns; only the reading thread sets it
   */
  private record Placed(
      String invoice,
      long lines,
      CompletableFuture<Outcome> outcome,
      AtomicReference<CompletableFuture<?>> lastReturn) {}

  /**
   * @param id absent if there is no order
   */
  private record Outcome(Optional<UUID> id, String words) {
    boolean confirmed() {
      return id.isPresent() && words.equals("CONFIRMED");
    }
  }

  /** Lines that return an order, and the outcome. */
  private record GivenBack(Placed order, long lines, CompletableFuture<Returned> result) {}

  /**
   * @param order the order after the return; absent if the return changed nothing
   */
  private record Returned(String words, Optional<Outcome> order) {}

  public Replay(ReservaApi api, Options options, PrintStream out, boolean terminal) {
    this.api = api;
    this.parcels = new Parcels(api);
    this.places = Places.open(api, options.locations());
    this.options = options;
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Replays the files one after the other and prints a report.
   *
   * @return whether every line is accounted for, every request was answered, and every invariant
   *     holds
   */
  public boolean run(List<Path> paths) {
    List<HistoryFile> files = paths.stream().map(HistoryFile::survey).toList();
    long lines = files.stream().mapToLong(HistoryFile::lines).sum();
    out.printf("%,d lines in %d file(s)%n", lines, files.size());
    long started = System.nanoTime();
    try (threads) {
      Progress progress = new Progress(out, terminal, lines);
      AtomicLong read = new AtomicLong();
      for (HistoryFile file : files) {
        file.forEachInvoice(invoice -> {
          replay(invoice);
          progress.at(read.addAndGet(invoice.lines().size()), decided.get());
        });
      }
      placed.forEach(order -> order.outcome().join());
      givenBack.forEach(back -> back.result().join());
      progress.done();
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - started);
    Report report = report(lines, duration);
    out.print(report + "\n");
    return report.ok();
  }

  private Report report(long lines, Duration duration) {
    Map<Placed, Outcome> outcomes = new LinkedHashMap<>();
    placed.forEach(order -> outcomes.put(order, order.outcome().join()));
    for (GivenBack back : givenBack) {
      Returned result = back.result().join();
      fates.add("return: " + result.words(), back.lines());
      result.order().ifPresent(now -> outcomes.put(back.order(), now));
    }
    Tally states = new Tally();
    outcomes.forEach((order, outcome) -> {
      fates.add("order: " + outcome.words(), order.lines());
      states.add(outcome.words(), 1);
    });
    return new Report(
        lines,
        fates,
        skippedCodes,
        states,
        differingPrices,
        failures.get(),
        duration,
        latencies.percentile(0.5),
        latencies.percentile(0.99),
        settledIntegrity());
  }

  /** Waits for the refunds of the last returns. */
  private Integrity settledIntegrity() {
    long end = System.nanoTime() + SETTLE_LIMIT.toNanos();
    Integrity integrity = api.integrity();
    while (!integrity.ok() && System.nanoTime() < end) {
      pause(LOOK_AGAIN);
      integrity = api.integrity();
    }
    return integrity;
  }

  private void replay(Invoice invoice) {
    for (Line.Skipped line : invoice.skipped()) {
      fates.add("left out: " + line.reason().words(), 1);
      if (line.reason() == LeftOut.NO_PRODUCT) {
        skippedCodes.add(line.code(), 1);
      }
    }
    if (!invoice.sales().isEmpty()) {
      order(invoice);
    }
    if (!invoice.returns().isEmpty()) {
      giveBack(invoice);
    }
  }

  // Orders

  private void order(Invoice invoice) {
    for (Line.Sale sale : invoice.sales()) {
      Listed listed = listed(sale);
      if (listed.price().compareTo(sale.price()) != 0) {
        differingPrices++;
      }
    }
    CompletableFuture<UUID> customer = registered(invoice.customer().orElse("guest"));
    Map<String, Integer> pieces = invoice.soldPieces();
    List<Wanted> wanted = new ArrayList<>();
    pieces.forEach((sku, quantity) -> wanted.add(new Wanted(productId(sku), quantity)));
    keepPace();
    Placed order =
        new Placed(
            invoice.number(),
            invoice.sales().size(),
            inSlot(
                () -> place(invoice.number(), customer, wanted),
                new Outcome(Optional.empty(), FAILED)),
            new AtomicReference<>(CompletableFuture.completedFuture(null)));
    placed.add(order);
    invoice.customer().ifPresent(id -> purchases.add(id, order, pieces));
  }

  /** If a creation fails because the server is away, the next line that needs it retries it. */
  private Listed listed(Line.Sale sale) {
    Listed known = products.get(sale.sku());
    if (known == null || known.id().isCompletedExceptionally()) {
      known = list(sale);
      products.put(sale.sku(), known);
    }
    return known;
  }

  private CompletableFuture<UUID> registered(String customer) {
    CompletableFuture<UUID> known = customers.get(customer);
    if (known == null || known.isCompletedExceptionally()) {
      known = register(customer);
      customers.put(customer, known);
    }
    return known;
  }

  private CompletableFuture<UUID> productId(String sku) {
    Listed listed = products.get(sku);
    if (listed == null) {
      throw new IllegalStateException("product " + sku + " is not listed");
    }
    return listed.id();
  }

  /** Waits for the configured rate, and for a place in the pipeline. */
  private void keepPace() {
    if (orders == 0) {
      firstOrder = System.nanoTime();
    }
    if (options.ordersPerSecond().isPresent()) {
      long due = firstOrder + Math.round(orders * 1e9 / options.ordersPerSecond().getAsDouble());
      long early = due - System.nanoTime();
      if (early > 0) {
        pause(Duration.ofNanos(early));
      }
    }
    orders++;
  }

  private Outcome place(String invoice, CompletableFuture<UUID> customer, List<Wanted> wanted) {
    Order.New request =
        new Order.New(
            customer.join(),
            wanted.stream()
                .map(line -> new Order.Wanted(line.product().join(), line.quantity()))
                .toList(),
            null);
    long asked = System.nanoTime();
    Outcome outcome =
        switch (api.placeOrder(request, key("order", invoice), WAIT)) {
          case Reply.Done<Order>(int _, Order order, boolean _) -> decision(order);
          case Reply.Refused<Order>(int status, String problem, String _) ->
              new Outcome(Optional.empty(), "refused: %d %s".formatted(status, problem));
        };
    if (outcome.confirmed()) {
      latencies.add(Duration.ofNanos(System.nanoTime() - asked));
    }
    decided.incrementAndGet();
    return outcome;
  }

  private Outcome decision(Order order) {
    long end = System.nanoTime() + DECISION_LIMIT.toNanos();
    Order now = order;
    while (now.underWay() && System.nanoTime() < end) {
      pause(LOOK_AGAIN);
      now = api.order(order.id());
    }
    return new Outcome(Optional.of(now.id()), now.outcome());
  }

  private Listed list(Line.Sale sale) {
    Product.New product =
        new Product.New(
            sale.sku(),
            sale.name(),
            new Amount(sale.price(), CURRENCY),
            options.stock(),
            places.of(sale.sku()));
    return new Listed(
        sale.price(),
        created(() ->
            switch (api.createProduct(product, key("product", sale.sku()))) {
              case Reply.Done<Product>(int _, Product made, boolean _) -> made.id();
              case Reply.Refused<Product>(int status, String problem, String detail) ->
                  api.productBySku(sale.sku())
                      .map(Product::id)
                      .orElseThrow(() ->
                          new UnexpectedReply(
                              "product %s was refused: %d %s %s"
                                  .formatted(sale.sku(), status, problem, detail)));
            }));
  }

  private CompletableFuture<UUID> register(String customer) {
    Customer.New request =
        new Customer.New(
            customer.equals("guest") ? "Guest" : "Customer " + customer,
            customer + "." + run + "@online-retail.example",
            null);
    return created(() ->
        api.createCustomer(request, key("customer", customer)).value("customer " + customer).id());
  }

  // Returns

  private void giveBack(Invoice invoice) {
    Optional<String> customer = invoice.customer();
    if (customer.isEmpty()) {
      fates.add("return: without a customer", invoice.returns().size());
      return;
    }
    Purchases.Matches<Placed> matches =
        purchases.giveBack(customer.get(), invoice.returnedPieces());
    fates.add("return: of more than is left", linesOf(invoice, matches.tooMany()));
    fates.add("return: of goods not bought in these files", linesOf(invoice, matches.unknown()));
    matches.whole().forEach(match -> giveBack(invoice, match, this::cancel));
    matches.parts().forEach(match -> giveBack(invoice, match, this::takeBack));
  }

  private interface WayBack {
    Returned go(UUID order, Purchases.Match<Placed> match, String key);
  }

  /** Waits for the order, and for what came back of it before. */
  private void giveBack(Invoice invoice, Purchases.Match<Placed> match, WayBack way) {
    Placed order = match.order();
    CompletableFuture<?> earlier = order.lastReturn().get();
    String key = key("return", invoice.number() + "/" + order.invoice());
    CompletableFuture<Returned> result =
        inSlot(
            () -> {
              earlier.join();
              Outcome outcome = order.outcome().join();
              return outcome.confirmed()
                  ? way.go(outcome.id().orElseThrow(), match, key)
                  : new Returned("of an order that was not confirmed", Optional.empty());
            },
            new Returned(FAILED, Optional.empty()));
    order.lastReturn().set(result);
    givenBack.add(new GivenBack(order, linesOf(invoice, match.latest()), result));
  }

  private static long linesOf(Invoice invoice, Set<String> skus) {
    return invoice.returns().stream().filter(line -> skus.contains(line.sku())).count();
  }

  private Returned cancel(UUID id, Purchases.Match<Placed> match, String key) {
    return switch (api.cancel(id, key)) {
      case Reply.Done<Order>(int _, Order now, boolean _) ->
          new Returned(
              "of a whole order, which was cancelled",
              Optional.of(new Outcome(Optional.of(now.id()), now.outcome())));
      case Reply.Refused<Order>(int status, String problem, String _) ->
          new Returned("refused: %d %s".formatted(status, problem), Optional.empty());
    };
  }

  /** The order is shipped and delivered first, unless it was for an earlier return. */
  private Returned takeBack(UUID id, Purchases.Match<Placed> match, String key) {
    List<Order.Wanted> items = new ArrayList<>();
    match
        .pieces()
        .forEach((sku, pieces) -> items.add(new Order.Wanted(productId(sku).join(), pieces)));
    return parcels.takeBack(id, items, key)
        ? new Returned(
            "of a part of an order, which was refunded",
            Optional.of(new Outcome(Optional.of(id), "COMPLETED")))
        : new Returned("of a part of an order, which was not refunded in time", Optional.empty());
  }

  // How requests are made

  /**
   * Starts a request when the pipeline has a place.
   *
   * @param failed the outcome if the server gives no valid answer
   */
  private <T> CompletableFuture<T> inSlot(Supplier<T> request, T failed) {
    orderSlots.acquireUninterruptibly();
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return request.get();
          } catch (UnexpectedReply e) {
            return failure(e, failed);
          } catch (CompletionException e) {
            if (e.getCause() instanceof UnexpectedReply reply) {
              return failure(reply, failed);
            }
            throw e;
          } finally {
            orderSlots.release();
          }
        },
        threads);
  }

  private <T> T failure(UnexpectedReply reply, T failed) {
    if (failures.incrementAndGet() <= FAILURES_TOLD) {
      out.println(reply.getMessage());
    }
    return failed;
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReply("interrupted", e);
    }
  }

  private String key(String kind, String name) {
    return kind + "-" + run + "-" + name;
  }

  /** Starts a creation in another thread. It takes a place in the pipeline; reading continues. */
  private CompletableFuture<UUID> created(Supplier<UUID> request) {
    return CompletableFuture.supplyAsync(
        () -> {
          creationSlots.acquireUninterruptibly();
          try {
            return request.get();
          } finally {
            creationSlots.release();
          }
        },
        threads);
  }
}
