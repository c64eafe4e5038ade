package dev.reserva.cli.story;

import dev.reserva.cli.Table;
import dev.reserva.cli.api.Amount;
import dev.reserva.cli.api.Order;
import dev.reserva.cli.api.ReservaApi;
import dev.reserva.cli.api.Return;
import java.util.List;

/** The part of the story in which one of the goods of an order comes back. */
final class Returning {

  private final ReservaApi api;
  private final Scene scene;

  Returning(ReservaApi api, Scene scene) {
    this.api = api;
    this.scene = scene;
  }

  /**
   * Takes back one unit.
   *
   * @param completed the order that it is of
   * @param price of the unit
   */
  void play(Order completed, Order.Wanted unit, Amount price) {
    scene.say("The keyboard comes back. The warehouse receives it, and its price goes back alone.");
    Return requested =
        api.requestReturn(completed.id(), List.of(unit), "too loud", Purchases.key())
            .value("the return");
    scene.expect("return", "REQUESTED", requested.status());
    api.approve(requested.id(), Purchases.key()).value("the approval");
    api.receive(requested.id(), Purchases.key()).value("the receipt");
    Return refunded =
        scene.await(() -> api.returned(requested.id()), now -> now.status().equals("REFUNDED"));
    scene.expect("return", "REFUNDED", refunded.status());
    scene.expect("refunded", price, refunded.refunded());
    scene.show(
        Table.of("return", "status", "refund", "refunded")
            .row(refunded.id(), refunded.status(), refunded.refund(), price));
  }
}
