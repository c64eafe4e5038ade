package dev.reserva.cli.story;

import dev.reserva.cli.Table;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Product;
import dev.reserva.cli.api.ReservaApi;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prints the steps of the story and counts those that do not end as expected. */
final class Scene {
  /** Retries of a failing message take 7 s; everything else in the story takes less than 1 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

  private final ReservaApi api;
  private final PrintStream out;
  private int titles;
  private int checked;
  private int failed;

  Scene(ReservaApi api, PrintStream out) {
    this.api = api;
    this.out = out;
  }

  void title(String text) {
    titles++;
    out.printf("%n%d. %s%n", titles, text);
  }

  void say(String text) {
    out.println("   " + text);
  }

  void show(Table table) {
    out.print(table);
  }

  /** Prints the current state of these orders. */
  void showOrders(Order... orders) {
    Table table = Table.of("order", "status", "total", "reservation", "payment", "shipment");
    for (Order order : orders) {
      table.row(
          order.number(),
          order.outcome(),
          order.total(),
          status(order.reservation()),
          status(order.payment()),
          status(order.shipment()));
    }
    show(table);
  }

  private static String status(Order.@Nullable Part part) {
    return part == null ? "-" : part.status();
  }

  /** Prints the current stock of these products. */
  void showStock(List<UUID> products) {
    Table table = Table.of("product", "stock", "reserved", "available");
    products.stream()
        .map(api::product)
        .forEach(product ->
            table.row(product.name(), product.stock(), product.reserved(), product.available()));
    show(table);
  }

  void expect(String what, @Nullable Object told, @Nullable Object found) {
    checked++;
    if (!Objects.equals(told, found)) {
      fail("%s should be %s, is %s".formatted(what, told, found));
    }
  }

  void expectOutcome(String outcome, Order order) {
    expect("order " + order.id(), outcome, order.outcome());
  }

  /** Waits for what follows from the end of an order, such as released stock. */
  void expectStock(UUID product, int stock, int reserved) {
    Product found =
        await(
            () -> api.product(product), now -> now.stock() == stock && now.reserved() == reserved);
    expect("stock of " + found.name(), stock, found.stock());
    expect("reserved of " + found.name(), reserved, found.reserved());
  }

  void fail(String what) {
    failed++;
    out.println("   NOT AS TOLD: " + what);
  }

  /** Polls until the state is the expected one or the time is over; returns the last state. */
  <T> T await(Supplier<T> state, Predicate<T> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T found = state.get();
    while (!wanted.test(found) && System.nanoTime() < end) {
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return found;
      }
      found = state.get();
    }
    return found;
  }

  int checked() {
    return checked;
  }

  int failed() {
    return failed;
  }
}
