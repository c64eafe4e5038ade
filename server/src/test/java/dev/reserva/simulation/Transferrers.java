package dev.reserva.simulation;

import dev.reserva.inventory.adapters.memory.MemoryTransfers;
import dev.reserva.inventory.application.ChangeLocation;
import dev.reserva.inventory.application.TransferStock;
import dev.reserva.inventory.domain.ByHand;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.inventory.domain.Quantity;
import dev.reserva.inventory.domain.Transfer;
import dev.reserva.inventory.domain.TransferOutcome;
import dev.reserva.messaging.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Staff who run the shop's locations and move stock between them. */
final class Transferrers {

  private static final Cause CAUSE = Cause.of("transferrers");
  private static final ByHand BY = new ByHand("simulated", null);

  private final World world;
  private final List<LocationCode> locations = new ArrayList<>(List.of(LocationCode.MAIN));

  Transferrers(World world) {
    this.world = world;
  }

  /** Opens up to two more locations, before or behind the default one. */
  void open() {
    int more = world.random.nextInt(3);
    for (int i = 0; i < more; i++) {
      var code = new LocationCode("L" + i);
      var location =
          new Location(world.ids.next(), code, "Location " + i, world.random.nextInt(200), true);
      world
          .backbone
          .transactions()
          .run(tx -> {
            var _ = world.any().inventory.openLocation.open(location, CAUSE, tx);
          });
      locations.add(code);
    }
  }

  LocationCode anywhere() {
    return locations.get(world.random.nextInt(locations.size()));
  }

  void send(UUID product) {
    LocationCode from = anywhere();
    LocationCode to = anywhere();
    if (from.equals(to)) {
      return;
    }
    var command =
        new TransferStock.Command(product, new Quantity(1 + world.random.nextInt(4)), from, to, BY);
    world
        .command(
            "sends stock from %s to %s".formatted(from, to),
            (process, tx) -> process.inventory.transferStock.send(command, CAUSE, tx))
        .filter(TransferOutcome.Moved.class::isInstance)
        .ifPresent(_ -> world.tally.count(Happening.TRANSFER_SENT));
  }

  void end() {
    world
        .oneOf(
            MemoryTransfers.table(world.database).values().stream()
                .filter(Transfer::isInTransit)
                .toList())
        .ifPresent(transfer -> {
          boolean cancels = world.random.nextInt(4) == 0;
          world
              .command(
                  (cancels ? "cancels" : "receives") + " a transfer",
                  (process, tx) ->
                      (cancels
                              ? process.inventory.transferStock.cancel(transfer.id(), BY, CAUSE, tx)
                              : process.inventory.transferStock.receive(
                                  transfer.id(), BY, CAUSE, tx))
                          .orElseThrow())
              .filter(TransferOutcome.Moved.class::isInstance)
              .ifPresent(_ ->
                  world.tally.count(
                      cancels ? Happening.TRANSFER_CANCELLED : Happening.TRANSFER_RECEIVED));
        });
  }

  /** Closes a location for orders, or opens it for them again. */
  void changeLocation() {
    LocationCode code = anywhere();
    var change =
        new ChangeLocation.Change(null, world.random.nextInt(200), world.random.nextInt(4) > 0);
    world
        .command(
            "changes location " + code,
            (process, tx) ->
                process.inventory.changeLocation.change(code, change, CAUSE, tx).orElseThrow())
        .ifPresent(_ -> world.tally.count(Happening.LOCATION_CHANGED));
  }
}
