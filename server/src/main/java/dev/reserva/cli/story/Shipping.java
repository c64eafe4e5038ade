package dev.reserva.cli.story;

import dev.reserva.cli.Table;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.Shipment;

/** The part of the story in which an order leaves the warehouse and arrives. */
final class Shipping {

  private final ReservaApi api;
  private final Scene scene;

  Shipping(ReservaApi api, Scene scene) {
    this.api = api;
    this.scene = scene;
  }

  /**
   * Dispatches and delivers the shipment of a confirmed order.
   *
   * @return the order, which is complete by then
   */
  Order play(Order confirmed) {
    scene.say("The warehouse hands the shipment to the carrier. It arrives.");
    Order prepared = scene.await(() -> api.order(confirmed.id()), now -> now.shipment() != null);
    Order.Part part = prepared.shipment();
    if (part == null) {
      scene.fail("order " + confirmed.id() + " has no shipment");
      return prepared;
    }
    Shipment dispatched =
        api.dispatch(part.id(), "Correios", "QB123456785BR", Purchases.key()).value("the dispatch");
    scene.expect("shipment", "DISPATCHED", dispatched.status());
    Order shipped =
        scene.await(() -> api.order(confirmed.id()), now -> now.status().equals("SHIPPED"));
    scene.expectOutcome("SHIPPED", shipped);
    Shipment delivered = api.deliver(part.id(), Purchases.key()).value("the delivery");
    scene.expect("shipment", "DELIVERED", delivered.status());
    Order completed =
        scene.await(() -> api.order(confirmed.id()), now -> now.status().equals("COMPLETED"));
    scene.expectOutcome("COMPLETED", completed);
    scene.show(
        Table.of("shipment", "from", "carrier", "tracking code", "status")
            .row(
                delivered.id(),
                delivered.location(),
                String.valueOf(delivered.carrier()),
                String.valueOf(delivered.trackingCode()),
                delivered.status()));
    return completed;
  }
}
