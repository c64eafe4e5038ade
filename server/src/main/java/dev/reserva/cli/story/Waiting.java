package dev.reserva.cli.story;

import dev.reserva.cli.Table;
import dev.reserva.cli.api.Amount;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.Product;
import dev.reserva.cli.api.ReservaApi;

/** The part of the story in which a set is ordered before one of its parts has arrived. */
final class Waiting {

  private final ReservaApi api;
  private final Scene scene;
  private final Purchases purchases;

  Waiting(ReservaApi api, Scene scene, Purchases purchases) {
    this.api = api;
    this.scene = scene;
    this.purchases = purchases;
  }

  void play(Shop shop) {
    scene.title("A set is sold before one of its parts has arrived");
    Product tablet = purchases.expected("TABLET", "Tablet", "1900.00");
    Product pen = purchases.product("PEN", "Pen", "90.00", 5);
    Product set =
        purchases.bundle(
            "TABLET-SET",
            "Tablet with two pens",
            "2000.00",
            Purchases.wanted(tablet, 1),
            Purchases.wanted(pen, 2));
    scene.say("Carla orders a tablet with two pens. Pens are there, tablets are not.");
    Order placed = purchases.place(shop.carla(), Purchases.wanted(set, 1));
    Order paid = scene.await(() -> api.order(placed.id()), now -> now.status().equals("PAID"));
    scene.expectOutcome("PAID", paid);
    scene.expect("total", Amount.of("2000.00", Purchases.CURRENCY), paid.total());
    scene.expectStock(pen.id(), 5, 2);
    scene.expectStock(tablet.id(), 0, 0);
    scene.say("The order waits. The warehouse receives 3 tablets, and it goes on.");
    Product received = api.receive(tablet.id(), 3, Purchases.key()).value("the tablets");
    scene.expect("stock", 3, received.stock());
    Order confirmed =
        scene.await(() -> api.order(placed.id()), now -> now.status().equals("CONFIRMED"));
    scene.expectOutcome("CONFIRMED", confirmed);
    scene.expectStock(tablet.id(), 2, 0);
    scene.expectStock(pen.id(), 3, 0);
    scene.showOrders(confirmed);
    Product left = api.product(set.id());
    scene.expect("sets that the parts are enough for", 1, left.available());
    scene.show(
        Table.of("product", "stock", "reserved", "available")
            .row(tablet.name(), 2, 0, 2)
            .row(pen.name(), 3, 0, 3)
            .row(set.name(), left.stock(), left.reserved(), left.available()));
  }
}
