package dev.reserva.cli.story;

import dev.reserva.cli.Table;
import dev.reserva.cli.api.DeadLetter;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Product;
import dev.reserva.cli.api.ReservaApi;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The step in which a message becomes a dead letter, and an operator repairs it. */
final class Repair {

  private final ReservaApi api;
  private final Scene scene;
  private final Purchases purchases;

  Repair(ReservaApi api, Scene scene, Purchases purchases) {
    this.api = api;
    this.scene = scene;
    this.purchases = purchases;
  }

  void play(Shop shop) {
    scene.title("A broken message is set aside, repaired and retried");
    scene.say(
        "News of a product arrives once more, and \"active\" is neither true nor false in it.");
    UUID event =
        api.publishUnchecked(
            "inventory.product.created",
            shop.keyboard().id(),
            productNews(shop.keyboard(), "perhaps"),
            Purchases.key());
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
    scene.expectOutcome(
        "CONFIRMED",
        purchases.place(shop.bruno(), Purchases.approved(), Purchases.wanted(shop.laptop(), 1)));
    scene.say("An operator repairs the message and lets it run again.");
    api.retryDeadLetter(letter.id(), productNews(shop.keyboard(), true), Purchases.key())
        .value("the retry of dead letter " + letter.id());
    Optional<DeadLetter> left = scene.await(() -> deadLetter(event), Optional::isEmpty);
    scene.expect("dead letters of the event", Optional.empty(), left);
    Order order =
        purchases.place(shop.bruno(), Purchases.approved(), Purchases.wanted(shop.keyboard(), 1));
    scene.expectOutcome("CONFIRMED", order);
    scene.expectStock(shop.keyboard().id(), 29, 0);
    scene.showOrders(order);
    scene.showStock(shop.products());
  }

  private Optional<DeadLetter> deadLetter(UUID event) {
    return api.deadLetters().stream().filter(letter -> letter.concerns(event)).findFirst();
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
}
