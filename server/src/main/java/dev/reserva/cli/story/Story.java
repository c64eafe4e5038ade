package dev.reserva.cli.story;

import dev.reserva.cli.IntegrityReport;
import dev.reserva.cli.Table;
import dev.reserva.cli.api.Amount;
import dev.reserva.cli.api.Integrity;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Payment;
import dev.reserva.cli.api.Reply;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.Reservation;
import dev.reserva.cli.api.UnexpectedReply;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The story of the demo: three products, a few customers, and the ways in which their orders end.
 */
public final class Story {
  private static final String PASSWORD = "a-long-enough-password";

  private final ReservaApi admin;
  private final PrintStream out;
  private final Scene scene;
  private final Purchases purchases;

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
    this.purchases = new Purchases(admin, suffix);
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
                new Waiting(admin, scene, purchases)::play,
                new Repair(admin, scene, purchases)::play,
                new Rush(admin, scene, purchases)::play)
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
            purchases.product("LAPTOP", "Laptop", "4500.00", 10),
            purchases.product("MOUSE", "Mouse", "80.00", Rush.MICE),
            purchases.product("KEYBOARD", "Keyboard", "250.00", 30),
            purchases.customer("Ana", null),
            purchases.customer("Bruno", null),
            purchases.customer("Carla", PASSWORD));
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
        purchases.place(
            shop.ana(),
            Purchases.approved(),
            Purchases.wanted(shop.laptop(), 2),
            Purchases.wanted(shop.keyboard(), 1));
    scene.expectOutcome("CONFIRMED", order);
    scene.expect("total", Amount.of("9250.00", Purchases.CURRENCY), order.total());
    scene.expectStock(shop.laptop().id(), 8, 0);
    scene.expectStock(shop.keyboard().id(), 29, 0);
    scene.showOrders(order);
    Order completed = new Shipping(admin, scene).play(order);
    scene.showOrders(completed);
    new Returning(admin, scene)
        .play(
            completed,
            Purchases.wanted(shop.keyboard(), 1),
            Amount.of("250.00", Purchases.CURRENCY));
    scene.expectStock(shop.keyboard().id(), 30, 0);
    showHistory(completed);
    scene.showStock(shop.products());
  }

  private void tooLittleStock(Shop shop) {
    scene.title("Too little stock: all of an order or nothing of it");
    scene.say("Bruno orders 1 keyboard and 20 laptops; 8 laptops are left.");
    Order order =
        purchases.place(
            shop.bruno(),
            Purchases.approved(),
            Purchases.wanted(shop.keyboard(), 1),
            Purchases.wanted(shop.laptop(), 20));
    scene.expectOutcome("CANCELLED (out_of_stock)", order);
    scene.expectStock(shop.laptop().id(), 8, 0);
    scene.expectStock(shop.keyboard().id(), 30, 0);
    scene.showOrders(order);
    scene.showStock(shop.products());
  }

  private void aDeclinedPayment(Shop shop) {
    scene.title("A declined payment gives the stock back");
    scene.say("Bruno orders 3 keyboards with a card that is declined.");
    Order order =
        purchases.place(
            shop.bruno(), Purchases.card("tok_decline"), Purchases.wanted(shop.keyboard(), 3));
    scene.expectOutcome("CANCELLED (payment_failed)", order);
    scene.expectStock(shop.keyboard().id(), 30, 0);
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
                  new Order.New(
                      shop.carla().id(),
                      List.of(Purchases.wanted(shop.keyboard(), 4)),
                      Purchases.approved()),
                  Purchases.key(),
                  Purchases.WAIT)
              .value("Carla's order");
      scene.expectOutcome("CONFIRMED", order);
      scene.expectStock(shop.keyboard().id(), 26, 0);
      scene.showOrders(order);
      carla.cancel(order.id(), Purchases.key()).value("Carla's cancellation");
      Order cancelled =
          scene.await(
              () -> carla.order(order.id()),
              now -> now.payment() != null && now.payment().status().equals("REFUNDED"));
      scene.expectOutcome("CANCELLED (customer_request)", cancelled);
      scene.expectStock(shop.keyboard().id(), 30, 0);
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
            .reserve(
                UUID.randomUUID(), List.of(Purchases.wanted(shop.laptop(), 5)), 2, Purchases.key())
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
    switch (admin.confirm(reservation.id(), Purchases.key())) {
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
    String key = Purchases.key();
    Order.New order =
        new Order.New(
            shop.ana().id(), List.of(Purchases.wanted(shop.laptop(), 1)), Purchases.approved());
    Reply<Order> first = admin.placeOrder(order, key, Purchases.WAIT);
    Reply<Order> second = admin.placeOrder(order, key, Purchases.WAIT);
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

  private void everyInvariantHolds(Shop shop) {
    scene.title("Every invariant, counted live");
    Integrity integrity = scene.await(admin::integrity, Integrity::ok);
    out.print(IntegrityReport.of(integrity));
    scene.expect("integrity", true, integrity.ok());
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
}
