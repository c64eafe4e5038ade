package dev.reserva.simulation;

import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.LocalDelivery;
import dev.reserva.messaging.delivery.LoopParts;
import dev.reserva.messaging.delivery.RateMeter;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import dev.reserva.messaging.memory.Faults;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several processes that run all services on one database. It can be made to die, or to
 * pause, when it next passes a point. A dead process loses the state that it had not stored.
 */
final class SimulatedProcess implements Faults {

  final String name;
  final SalesParts sales;
  final InventoryParts inventory;
  final FinancialParts financial;
  final LogisticsParts logistics;
  final Transactions transactions;
  final Wire wire;
  final List<SubscriptionLoop> loops;
  final List<Worker> workers;
  private final World world;
  private final LossyTransport transport;
  private final LoopParts parts;

  private @Nullable Died death;
  private @Nullable Point fatal;
  private @Nullable Point halting;
  private int passes;

  SimulatedProcess(World world, String name) {
    this.world = world;
    this.name = name;
    LoopParts process = world.backbone.process(this, PlantedBug.omission(world.bug));
    this.transactions = process.transactions();
    this.transport = new LossyTransport(process.transport(), world);
    WatchedCursors cursors = PlantedBug.in(process.cursors(), world.tally, world.bug);
    WatchedParking parking = PlantedBug.in(process.parking(), world.tally, world.bug);
    this.parts =
        new LoopParts(
            transport,
            transactions,
            cursors,
            parking,
            process.local(),
            process.random(),
            process.owner(),
            process.nanoTime());
    this.wire = new Wire(world);
    this.sales = new SalesParts(world, transactions);
    this.inventory = new InventoryParts(world, transactions);
    this.financial = new FinancialParts(world, transactions, wire);
    this.logistics = new LogisticsParts(world);
    this.loops =
        List.of(
            loop(sales.subscription),
            loop(inventory.subscription),
            loop(financial.subscription),
            loop(logistics.subscription));
    this.workers =
        List.of(
            sales.deadlines,
            inventory.expiry,
            inventory.allocation,
            financial.payments,
            financial.refunds);
  }

  private SubscriptionLoop loop(Subscription subscription) {
    return new SubscriptionLoop(
        world.witness.beside(subscription, this, world.maxBatch),
        parts,
        new RateMeter(world.clock::nanoTime));
  }

  /** Makes the process die when it passes the point for the nth time. */
  void dieAt(Point point, int nth) {
    fatal = point;
    passes = nth;
  }

  /** Makes the process pause longer than its leases when it passes the point for the nth time. */
  void haltAt(Point point, int nth) {
    halting = point;
    passes = nth;
  }

  void spare() {
    fatal = null;
    halting = null;
  }

  boolean isDead() {
    return death != null;
  }

  @Override
  public void at(Point point) {
    if (death != null) {
      throw death;
    }
    if (point == fatal && --passes <= 0) {
      world.tally.count(
          switch (point) {
            case CALL -> Happening.DIED_AT_CALL;
            case EFFECT -> Happening.DIED_AT_EFFECT;
            case LOCAL -> Happening.DIED_AFTER_LOCAL_DELIVERY;
            case APPEND -> Happening.DIED_AT_APPEND;
            case COMMIT -> Happening.DIED_AT_COMMIT;
            case ACKNOWLEDGE -> Happening.DIED_AT_ACKNOWLEDGE;
          });
      world.note(name + " dies at " + point);
      death = new Died(name + " died at " + point);
      throw death;
    }
    if (point == halting && --passes <= 0) {
      halting = null;
      world.stopped(this);
    }
  }

  /** Breaks all of its connections. */
  void bury() {
    transport.cut();
    wire.cut();
    countLocalDelivery();
  }

  /** Adds the counts of this process's local delivery to the tally. */
  void countLocalDelivery() {
    LocalDelivery.Counts counts = parts.local().counts();
    if (counts.handled() > 0) {
      world.tally.count(Happening.HANDLED_LOCALLY);
    }
    if (counts.failed() > 0) {
      world.tally.count(Happening.LOCAL_HANDLER_FAILED);
    }
    if (counts.refused() > 0) {
      world.tally.count(Happening.LOCAL_DELIVERY_REFUSED);
    }
  }

  /** Thrown by every call of a dead process. */
  static final class Died extends RuntimeException {
    Died(String message) {
      super(message, null, false, false);
    }
  }
}
