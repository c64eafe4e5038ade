package dev.reserva.cli.story;

import dev.reserva.cli.IntegrityReport;
import dev.reserva.cli.Table;
import dev.reserva.cli.api.Amount;
import dev.reserva.cli.api.Customer;
import dev.reserva.cli.api.DeadLetter;
import dev.reserva.cli.api.Integrity;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Payment;
import dev.reserva.cli.api.Product;
import dev.reserva.cli.api.Reply;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.Reservation;
import dev.reserva.cli.api.UnexpectedReply;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The story of the demo: three products, a few customers, and the ways in which their orders end.
 */
public final class Story {
  private static final String CURRENCY = "BRL";
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final int BUYERS = 200;
  private static final int MICE = 50;
  private static final String PASSWORD = "a-long-enough-password";

  private final ReservaApi admin;
  private final PrintStream out;
  private final Scene scene;
  private final String suffix;

  /** On an empty server. */
  public Story(ReservaApi admin, PrintStream out) {
    this(admin, out, "");
  }

  /**
   * @param suffix of SKUs and e-mail addresses, so that a server may have those of others
   */
  public Story(ReservaApi admin, PrintStream out, String suffix) {
    this.admin = admin;
    this.out = out;
    this.scene = new Scene(admin, out);
    this.suffix = suffix;
  }

  /** The products and customers that the steps share. */
  private record Shop(
      Product laptop,
      Product mouse,
      Product keyboard,
      Customer ana,
      Customer bruno,
      Customer carla) {

    List<UUID> products() {
      return List.of(laptop.id(), mouse.id(), keyboard.id());
    }
  }

  private interface Step {
    void play(Shop shop);
  }

  /**
   * Runs all steps.
   *
   * @return whether every step ended as expected
   */
  public boolean tell() {
    Shop shop;
    try {
      shop = open();
    } catch (UnexpectedReply e) {
      scene.fail(String.valueOf(e.getMessage()));
      return false;
    }
    Iterator<Step> steps =
        List.<Step>of(
                this::anOrderGoesThrough,
                this::tooLittleStock,
                this::aDeclinedPayment,
                this::aCancellationAfterPayment,
                this::aReservationThatExpires,
                this::theSameRequestTwice,
                this::aDeadLetterIsRepaired,
                this::manyBuyersForFewMice)
            .iterator();
    // Each step starts from the stock that the step before it left.
    while (steps.hasNext() && scene.failed() == 0) {
      play(steps.next(), shop);
    }
    play(this::everyInvariantHolds, shop);
    out.printf(
        "%n%s%n",
        scene.failed() == 0
            ? "All " + scene.checked() + " checks came as told."
            : "The story did NOT come as told.");
    return scene.failed() == 0;
  }

  private void play(Step step, Shop shop) {
    try {
      step.play(shop);
    } catch (UnexpectedReply e) {
      scene.fail(String.valueOf(e.getMessage()));
    }
  }

  private Shop open() {
    scene.title("A shop opens");
    Shop shop =
        new Shop(
            product("LAPTOP", "Laptop", "4500.00", 10),
            product("MOUSE", "Mouse", "80.00", MICE),
            product("KEYBOARD", "Keyboard", "250.00", 30),
            customer("Ana", null),
            customer("Bruno", null),
            customer("Carla", PASSWORD));
    Table products = Table.of("product", "sku", "price", "stock", "id");
    List.of(shop.laptop(), shop.mouse(), shop.keyboard())
        .forEach(p -> products.row(p.name(), p.sku(), p.price(), p.stock(), p.id()));
    scene.show(products);
    Table customers = Table.of("customer", "e-mail", "id");
    List.of(shop.ana(), shop.bruno(), shop.carla())
        .forEach(c -> customers.row(c.name(), c.email(), c.id()));
    scene.show(customers);
    return shop;
  }

  private void anOrderGoesThrough(Shop shop) {
    scene.title("An order goes through");
    scene.say("Ana orders 2 laptops and 1 keyboard.");
    Order order =
        place(shop.ana(), approved(), wanted(shop.laptop(), 2), wanted(shop.keyboard(), 1));
    scene.expectOutcome("CONFIRMED", order);
    scene.expect("total", Amount.of("9250.00", CURRENCY), order.total());
    scene.expectStock(shop.laptop().id(), 8, 0);
    scene.expectStock(shop.keyboard().id(), 29, 0);
    scene.showOrders(order);
    Order completed = new Shipping(admin, scene).play(order);
    scene.showOrders(completed);
    showHistory(completed);
    scene.showStock(shop.products());
  }

  private void tooLittleStock(Shop shop) {
    scene.title("Too little stock: all of an order or nothing of it");
    scene.say("Bruno orders 1 keyboard and 20 laptops; 8 laptops are left.");
    Order order =
        place(shop.bruno(), approved(), wanted(shop.keyboard(), 1), wanted(shop.laptop(), 20));
    scene.expectOutcome("CANCELLED (out_of_stock)", order);
    scene.expectStock(shop.laptop().id(), 8, 0);
    scene.expectStock(shop.keyboard().id(), 29, 0);
    scene.showOrders(order);
    scene.showStock(shop.products());
  }

  private void aDeclinedPayment(Shop shop) {
    scene.title("A declined payment gives the stock back");
    scene.say("Bruno orders 3 keyboards with a card that is declined.");
    Order order = place(shop.bruno(), card("tok_decline"), wanted(shop.keyboard(), 3));
    scene.expectOutcome("CANCELLED (payment_failed)", order);
    scene.expectStock(shop.keyboard().id(), 29, 0);
    scene.showOrders(admin.order(order.id()));
    showHistory(order);
    scene.showStock(shop.products());
  }

  private void aCancellationAfterPayment(Shop shop) {
    scene.title("A cancellation after payment: goods and money go back");
    scene.say("Carla logs in as herself, orders 4 keyboards, and then changes her mind.");
    try (ReservaApi carla = admin.as(shop.carla().email(), PASSWORD)) {
      Order order =
          carla
              .placeOrder(
                  new Order.New(shop.carla().id(), List.of(wanted(shop.keyboard(), 4)), approved()),
                  key(),
                  WAIT)
              .value("Carla's order");
      scene.expectOutcome("CONFIRMED", order);
      scene.expectStock(shop.keyboard().id(), 25, 0);
      scene.showOrders(order);
      carla.cancel(order.id(), key()).value("Carla's cancellation");
      Order cancelled =
          scene.await(
              () -> carla.order(order.id()),
              now -> now.payment() != null && now.payment().status().equals("REFUNDED"));
      scene.expectOutcome("CANCELLED (customer_request)", cancelled);
      scene.expectStock(shop.keyboard().id(), 29, 0);
      scene.showOrders(cancelled);
      showRefund(cancelled);
      showHistory(cancelled);
      scene.showStock(shop.products());
    }
  }

  private void showRefund(Order order) {
    if (order.payment() == null) {
      scene.fail("order " + order.id() + " has no payment");
      return;
    }
    Payment payment = admin.payment(order.payment().id());
    scene.expect("payment", "REFUNDED", payment.status());
    scene.expect("refunded", order.total(), payment.refunded());
    scene.show(
        Table.of("payment", "status", "amount", "refunded")
            .row(payment.id(), payment.status(), payment.amount(), orDash(payment.refunded())));
  }

  private void aReservationThatExpires(Shop shop) {
    scene.title("A reservation that expires");
    scene.say("Someone holds 5 laptops for 2 seconds and never comes back.");
    Reservation reservation =
        admin
            .reserve(UUID.randomUUID(), List.of(wanted(shop.laptop(), 5)), 2, key())
            .value("the reservation");
    scene.expect("reservation", "RESERVED", reservation.status());
    scene.expectStock(shop.laptop().id(), 8, 5);
    scene.showStock(shop.products());
    Reservation ended =
        scene.await(
            () -> admin.reservation(reservation.id()), now -> !now.status().equals("RESERVED"));
    scene.expect("reservation", "EXPIRED", ended.status());
    scene.expectStock(shop.laptop().id(), 8, 0);
    scene.show(
        Table.of("reservation", "status", "expired at")
            .row(ended.id(), ended.status(), ended.expiresAt()));
    scene.say("Who comes too late to confirm it is told so:");
    switch (admin.confirm(reservation.id(), key())) {
      case Reply.Done<Reservation>(int status, Reservation now, boolean _) ->
          scene.fail("confirming answered %d %s".formatted(status, now.status()));
      case Reply.Refused<Reservation>(int status, String problem, String detail) -> {
        scene.expect("answer", 409, status);
        scene.say("409 " + problem + ": " + detail);
      }
    }
    scene.showStock(shop.products());
  }

  private void theSameRequestTwice(Shop shop) {
    scene.title("The same request twice is one order");
    scene.say("Ana's connection breaks, and her client sends the order again with its key.");
    String key = key();
    Order.New order = new Order.New(shop.ana().id(), List.of(wanted(shop.laptop(), 1)), approved());
    Reply<Order> first = admin.placeOrder(order, key, WAIT);
    Reply<Order> second = admin.placeOrder(order, key, WAIT);
    scene.expect("order", first.value("the order").id(), second.value("the same order").id());
    scene.expect("replayed", true, second instanceof Reply.Done<Order> done && done.replayed());
    scene.show(
        Table.of("request", "answer", "replayed", "order")
            .row("first", first.status(), "no", first.value("the order").id())
            .row("again", second.status(), "yes", second.value("the same order").id()));
    scene.expectStock(shop.laptop().id(), 7, 0);
    scene.expectOutcome("CONFIRMED", admin.order(first.value("the order").id()));
    scene.showStock(shop.products());
  }

  private void aDeadLetterIsRepaired(Shop shop) {
    scene.title("A broken message is set aside, repaired and retried");
    scene.say(
        "News of a product arrives once more, and \"active\" is neither true nor false in it.");
    UUID event =
        admin.publishUnchecked(
            "inventory.product.created",
            shop.keyboard().id(),
            productNews(shop.keyboard(), "perhaps"),
            key());
    Optional<DeadLetter> dead = scene.await(() -> deadLetter(event), Optional::isPresent);
    if (dead.isEmpty()) {
      scene.fail("event " + event + " never became a dead letter");
      return;
    }
    DeadLetter letter = dead.get();
    scene.show(
        Table.of("dead letter", "subscription", "attempts", "error")
            .row(
                letter.id(),
                letter.subscription(),
                letter.attempts(),
                shortened(letter.error().type())));
    scene.say("Other messages flow on: Bruno buys a laptop meanwhile.");
    scene.expectOutcome("CONFIRMED", place(shop.bruno(), approved(), wanted(shop.laptop(), 1)));
    scene.say("An operator repairs the message and lets it run again.");
    admin
        .retryDeadLetter(letter.id(), productNews(shop.keyboard(), true), key())
        .value("the retry of dead letter " + letter.id());
    Optional<DeadLetter> left = scene.await(() -> deadLetter(event), Optional::isEmpty);
    scene.expect("dead letters of the event", Optional.empty(), left);
    Order order = place(shop.bruno(), approved(), wanted(shop.keyboard(), 1));
    scene.expectOutcome("CONFIRMED", order);
    scene.expectStock(shop.keyboard().id(), 28, 0);
    scene.showOrders(order);
    scene.showStock(shop.products());
  }

  private Optional<DeadLetter> deadLetter(UUID event) {
    return admin.deadLetters().stream().filter(letter -> letter.concerns(event)).findFirst();
  }

  private static Map<String, Object> productNews(Product product, Object active) {
    return Map.of(
        "productId", product.id(),
        "sku", product.sku(),
        "name", product.name(),
        "price", product.price(),
        "active", active);
  }

  private static String shortened(String className) {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  private void manyBuyersForFewMice(Shop shop) {
    scene.title("%d buyers for %d mice at once".formatted(BUYERS, MICE));
    List<Customer> buyers =
        atOnce(i ->
            admin
                .createCustomer(
                    new Customer.New(
                        "Buyer " + i, "buyer%d%s@example.com".formatted(i, suffix), null),
                    key())
                .value("buyer " + i));
    long started = System.nanoTime();
    List<Order> orders = atOnce(i -> place(buyers.get(i), approved(), wanted(shop.mouse(), 1)));
    double seconds = (System.nanoTime() - started) / 1e9;
    List<Order> decided =
        orders.stream()
            .map(order -> scene.await(() -> admin.order(order.id()), now -> !now.underWay()))
            .toList();
    Map<String, Long> outcomes =
        decided.stream()
            .collect(Collectors.groupingBy(Order::outcome, TreeMap::new, Collectors.counting()));
    Table table = Table.of("outcome", "orders");
    outcomes.forEach(table::row);
    scene.show(table);
    scene.say("All of them were answered within %.1f s.".formatted(seconds));
    scene.expect(
        "outcomes",
        Map.of("CONFIRMED", (long) MICE, "CANCELLED (out_of_stock)", (long) (BUYERS - MICE)),
        outcomes);
    scene.expectStock(shop.mouse().id(), 0, 0);
    scene.showStock(shop.products());
  }

  private void everyInvariantHolds(Shop shop) {
    scene.title("Every invariant, counted live");
    Integrity integrity = scene.await(admin::integrity, Integrity::ok);
    out.print(IntegrityReport.of(integrity));
    scene.expect("integrity", true, integrity.ok());
  }

  // Shared by the steps

  private Product product(String sku, String name, String price, int stock) {
    return admin
        .createProduct(
            new Product.New(sku + suffix, name, Amount.of(price, CURRENCY), stock), key())
        .value("product " + name);
  }

  private Customer customer(String name, @Nullable String password) {
    String email = name.toLowerCase(Locale.ROOT) + suffix + "@example.com";
    return admin
        .createCustomer(new Customer.New(name, email, password), key())
        .value("customer " + name);
  }

  private Order place(Customer customer, Order.Payment payment, Order.Wanted... items) {
    return admin
        .placeOrder(new Order.New(customer.id(), List.of(items), payment), key(), WAIT)
        .value("the order of " + customer.name());
  }

  private void showHistory(Order order) {
    Table table = Table.of("at", "event", "from", "to");
    admin
        .history(order.id())
        .forEach(step -> table.row(step.at(), step.type(), orDash(step.from()), orDash(step.to())));
    scene.show(table);
  }

  private static Object orDash(@Nullable Object value) {
    return value == null ? "-" : value;
  }

  private static Order.Wanted wanted(Product product, int quantity) {
    return new Order.Wanted(product.id(), quantity);
  }

  private static Order.Payment approved() {
    return card("tok_approve");
  }

  private static Order.Payment card(String token) {
    return new Order.Payment("credit_card", token);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  /** Runs the same task for every buyer, all at the same time. */
  private static <T> List<T> atOnce(Function<Integer, T> work) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> tasks =
          IntStream.range(0, BUYERS).<Callable<T>>mapToObj(i -> () -> work.apply(i)).toList();
      return threads.invokeAll(tasks).stream().map(Story::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReply("interrupted", e);
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReply("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnexpectedReply reply) {
        throw reply;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
