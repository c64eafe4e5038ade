package dev.reserva.simulation;

import dev.reserva.financial.application.SettlePayment;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Worker;
import dev.reserva.messaging.delivery.SubscriptionLoop;
import dev.reserva.messaging.memory.Faults.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The schedule of one seed. In the first phase any fault can happen at any time. In the second
 * phase there are no faults, and time passes until nothing is left to do.
 */
final class Schedule {

  private static final List<Point> DEATHS = List.of(Point.values());

  /** Switches happen between transactions: the database runs one transaction at a time. */
  private static final List<Point> HALTS = List.of(Point.CALL, Point.COMMIT, Point.ACKNOWLEDGE);

  private static final int MOST_ROUNDS = 80;

  /** Rounds of the second phase in which buyers and operators still act. */
  private static final int LAST_WISHES = 6;

  private static final int MOST_STEPS_IN_A_ROUND = 2_000;

  private final long seed;
  private final World world;
  private final Warehouse warehouse;
  private final Buyers buyers;
  private final Operators operators;
  private final Dispatchers dispatchers;
  private final Returners returners;
  private final Invariants invariants;
  private final int acts;
  private long steps;

  Schedule(long seed, @Nullable PlantedBug bug) {
    this.seed = seed;
    this.world = new World(seed, bug, this::act);
    this.warehouse = new Warehouse(world);
    this.buyers = new Buyers(world, warehouse);
    this.operators = new Operators(world);
    this.dispatchers = new Dispatchers(world);
    this.returners = new Returners(world);
    this.invariants = new Invariants(world);
    this.acts = 120 + world.random.nextInt(200);
  }

  Verdict play() {
    openTheShop();
    for (int i = 0; i < acts && world.violation() == null; i++) {
      act();
    }
    if (world.violation() == null) {
      comeToRest();
    }
    if (world.violation() == null) {
      new FinalChecks(world, buyers, operators, invariants).run();
    }
    world.processes.forEach(SimulatedProcess::countLocalDelivery);
    return new Verdict(
        seed,
        steps,
        world.backbone.log().end(),
        world.tally,
        world.chronicle.fingerprint(),
        world.violation(),
        world.chronicle.last());
  }

  /** Sales handles the events of products and customers before the first fault. */
  private void openTheShop() {
    world.healed = true;
    warehouse.open();
    buyers.register();
    runUntilNothingMoves();
    world.healed = false;
  }

  /** Runs one random step. */
  private void act() {
    if (world.violation() != null) {
      return;
    }
    int dice = world.random.nextInt(100);
    if (dice < 38) {
      SimulatedProcess process = world.any();
      stepRunner(process, world.random.nextInt(process.loops.size()));
    } else if (dice < 54) {
      stepWorker(world.any(), world.random.nextInt(world.any().workers.size()));
    } else if (dice < 63) {
      world.any().wire.move();
    } else if (dice < 66) {
      world.acquirer.buyerActs();
    } else if (dice < 69) {
      callBack();
    } else if (dice < 75) {
      buyers.order();
    } else if (dice < 80) {
      buyers.move();
    } else if (dice < 83) {
      warehouse.act();
    } else if (dice < 87) {
      operators.act();
    } else if (dice < 90) {
      dispatchers.act();
    } else if (dice < 92) {
      returners.act();
    } else if (dice < 94) {
      pass(Duration.ofMillis(world.random.nextInt(3_000)));
    } else if (dice < 95) {
      pass(Duration.ofMillis(world.random.nextInt(60_000)));
    } else if (dice < 96) {
      pass(Duration.ofSeconds(world.random.nextInt(1_300)));
    } else if (dice < 97) {
      world.any().dieAt(world.oneOf(DEATHS).orElseThrow(), 1 + world.random.nextInt(4));
    } else if (dice < 98) {
      world.any().haltAt(world.oneOf(HALTS).orElseThrow(), 1 + world.random.nextInt(4));
    } else if (dice < 99) {
      world.dependencyDown = world.random.nextInt(3) == 0;
    } else if (!world.stragglers.isEmpty()) {
      arriveLate();
    }
    checked();
  }

  private void checked() {
    steps++;
    invariants.check();
  }

  private void pass(Duration time) {
    world.clock.elapse(time);
  }

  private void arriveLate() {
    world.tally.count(Happening.CALL_CAME_LATE);
    world.note("a call that nobody waits for reaches the provider");
    world.stragglers.removeFirst().run();
  }

  private boolean stepRunner(SimulatedProcess process, int which) {
    SubscriptionLoop loop = process.loops.get(which);
    boolean progress = loop.step();
    if (progress) {
      world.note(process.name + " runs " + loop.subscription().name());
    }
    world.replaceIfDead(process);
    return progress;
  }

  private boolean stepWorker(SimulatedProcess process, int which) {
    Worker worker = process.workers.get(which);
    boolean progress = false;
    try {
      progress = worker.step().run();
      if (progress) {
        world.note(process.name + " works at " + worker.name());
      }
    } catch (RuntimeException e) {
      if (!process.isDead()) {
        world.broken(Invariant.NO_SURPRISES, "%s throws %s".formatted(worker.name(), e));
      }
    }
    world.replaceIfDead(process);
    return progress;
  }

  /** The provider sends a webhook until it is answered. */
  private boolean callBack() {
    Acquirer.Webhook webhook = world.acquirer.webhooks().pollFirst();
    if (webhook == null) {
      return false;
    }
    var heard =
        world.command(
            "hears that " + Chronicle.name(webhook.key()) + " is settled",
            (process, tx) ->
                process.financial.settlePayment.byWebhook(
                    new SettlePayment.Report(webhook.id(), webhook.key(), webhook.decision()),
                    Cause.of(webhook.id()),
                    tx));
    if (heard.isEmpty()) {
      world.acquirer.webhooks().addLast(webhook);
      return true;
    }
    switch (heard.get()) {
      case SettlePayment.Outcome.Settled _ -> world.tally.count(Happening.WEBHOOK_HEARD);
      case SettlePayment.Received.Repeated _ -> world.tally.count(Happening.WEBHOOK_REPEATED);
      case SettlePayment.Outcome.Unknown _,
          SettlePayment.Outcome.Refused _,
          SettlePayment.Outcome.OtherAmount _ ->
          world.broken(Invariant.NO_SURPRISES, "a webhook is answered by " + heard.get());
    }
    return true;
  }

  /** Runs the second phase: no faults, and time passes. */
  private void comeToRest() {
    world.note("all is healed");
    world.healed = true;
    world.dependencyDown = false;
    world.processes.forEach(SimulatedProcess::spare);
    boolean tidy = world.random.nextInt(4) > 0;
    while (!world.stragglers.isEmpty()) {
      arriveLate();
    }
    for (int round = 0; round < MOST_ROUNDS && world.violation() == null; round++) {
      pass(Duration.ofSeconds(round % 3 == 2 ? 400 : 11));
      buyers.insist();
      if (round < LAST_WISHES) {
        buyers.move();
        dispatchers.act();
        returners.act();
      }
      if (tidy) {
        operators.tidyUp();
      }
      runUntilNothingMoves();
      if (round > LAST_WISHES && invariants.isAtRest()) {
        return;
      }
    }
  }

  private void runUntilNothingMoves() {
    boolean moving = true;
    for (int i = 0; moving; i++) {
      if (i == MOST_STEPS_IN_A_ROUND) {
        world.broken(Invariant.NO_SURPRISES, "it never comes to rest");
        return;
      }
      moving = callBack();
      for (SimulatedProcess process : new ArrayList<>(world.processes)) {
        for (int which = 0; which < process.loops.size(); which++) {
          moving |= stepRunner(process, which);
        }
        for (int which = 0; which < process.workers.size(); which++) {
          moving |= stepWorker(process, which);
        }
        moving |= process.wire.move();
      }
      moving |= invariants.isAnythingOutstanding();
      checked();
      if (world.violation() != null) {
        return;
      }
    }
  }
}
