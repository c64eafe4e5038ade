package dev.reserva.simulation;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.adapters.memory.MemoryOrders;
import dev.reserva.sales.adapters.memory.MemoryReturns;
import dev.reserva.sales.application.MoveReturn;
import dev.reserva.sales.application.RequestReturn;
import dev.reserva.sales.application.Scope;
import dev.reserva.sales.domain.Destination;
import dev.reserva.sales.domain.OrderLine;
import dev.reserva.sales.domain.OrderReturns;
import dev.reserva.sales.domain.OrderStatus;
import dev.reserva.sales.domain.Quantity;
import dev.reserva.sales.domain.Receipt;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnAnswer;
import dev.reserva.sales.domain.ReturnedUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;

/** Buyers who send goods back, and staff that decides on them and receives them. */
final class Returners {

  private static final Cause CAUSE = Cause.of("returner");
  private static final Money LITTLE = Money.of("1.00", "BRL");

  private final World world;

  Returners(World world) {
    this.world = world;
  }

  void act() {
    if (world.random.nextInt(3) == 0) {
      request();
    } else {
      move();
    }
  }

  private void request() {
    List<MemoryOrders.Row> paid =
        MemoryOrders.table(world.database).values().stream()
            .filter(row -> row.state().status().isConfirmedOrLater())
            .filter(row ->
                row.state().status() != OrderStatus.CONFIRMED || world.random.nextInt(3) == 0)
            .toList();
    world
        .oneOf(paid)
        .ifPresent(row -> {
          var command =
              new RequestReturn.Command(
                  row.state().id(),
                  Scope.EVERYBODY,
                  units(row.lines()),
                  Destination.STOCK,
                  "simulated",
                  CAUSE);
          world
              .command(
                  "asks to return of " + Chronicle.name(row.state().id()),
                  (process, tx) -> process.sales.requestReturn.request(command, tx).orElseThrow())
              .ifPresent(answer -> {
                count(answer);
                countInPart(answer, row.state().id());
              });
        });
  }

  private void countInPart(OrderReturns.Answer answer, UUID order) {
    OrderStatus status =
        MemoryOrders.table(world.database).get(order).orElseThrow().state().status();
    if (answer instanceof OrderReturns.Answer.Requested
        && OrderReturns.mayHaveArrivedInPart(status)) {
      world.tally.count(Happening.RETURN_REQUESTED_IN_PART);
    }
  }

  private ReturnedUnits units(List<OrderLine> lines) {
    List<ReturnedUnits.Units> named = new ArrayList<>();
    for (OrderLine line : lines) {
      if (world.random.nextBoolean()) {
        int most = line.quantity().value();
        named.add(
            new ReturnedUnits.Units(
                line.productId(), new Quantity(1 + world.random.nextInt(most))));
      }
    }
    return named.isEmpty() ? ReturnedUnits.EVERYTHING : ReturnedUnits.of(named);
  }

  private void count(OrderReturns.Answer answer) {
    switch (answer) {
      case OrderReturns.Answer.Requested(var goods) ->
          world.tally.count(
              goods.lines().stream().allMatch(line -> line.parts().isEmpty())
                  ? Happening.RETURN_REQUESTED
                  : Happening.BUNDLE_RETURNED);
      case OrderReturns.Answer.NotDelivered _,
          OrderReturns.Answer.TooMany _,
          OrderReturns.Answer.NothingLeft _,
          OrderReturns.Answer.TooManyReturns _,
          OrderReturns.Answer.UnknownLocation _ ->
          world.tally.count(Happening.RETURN_REFUSED);
      case OrderReturns.Answer.NotInOrder _ ->
          world.broken(Invariant.NO_SURPRISES, "an order lost its lines: " + answer);
    }
  }

  private void move() {
    world
        .oneOf(MemoryReturns.table(world.database).values())
        .ifPresent(goods -> {
          switch (world.random.nextInt(8)) {
            case 0 -> move(goods, "rejects", (sales, tx) -> sales.reject(command(goods), null, tx));
            case 1, 2, 3 ->
                move(goods, "approves", (sales, tx) -> sales.approve(command(goods), tx));
            default -> {
              Receipt receipt = receipt(goods);
              move(goods, "receives", (sales, tx) -> sales.receive(command(goods), receipt, tx));
            }
          }
        });
  }

  private Receipt receipt(Return goods) {
    boolean less = world.random.nextInt(4) == 0 && goods.price().compareTo(LITTLE) > 0;
    return new Receipt(
        less ? LITTLE : null,
        less ? "worn" : null,
        world.random.nextInt(4) == 0 ? Boolean.FALSE : null,
        null);
  }

  private static MoveReturn.Command command(Return goods) {
    return new MoveReturn.Command(goods.id(), _ -> true, CAUSE);
  }

  private void move(
      Return goods, String what, BiFunction<MoveReturn, UnitOfWork, MoveReturn.Outcome> step) {
    world
        .command(
            "%s return %s of %s"
                .formatted(what, Chronicle.name(goods.id()), Chronicle.name(goods.orderId())),
            (process, tx) -> step.apply(process.sales.moveReturn, tx))
        .ifPresent(this::count);
  }

  private void count(MoveReturn.Outcome outcome) {
    if (outcome instanceof MoveReturn.Outcome.Answered(var answer)) {
      switch (answer) {
        case ReturnAnswer.Done done ->
            world.tally.count(
                switch (done.now().status()) {
                  case REJECTED -> Happening.RETURN_REJECTED;
                  case RECEIVED ->
                      done.now().destination().restock()
                          ? Happening.RETURN_RESTOCKED
                          : Happening.RETURN_WRITTEN_OFF;
                  case REQUESTED, APPROVED, REFUNDED -> Happening.RETURN_APPROVED;
                });
        case ReturnAnswer.WrongState _ -> world.tally.count(Happening.RETURN_STEP_REFUSED);
        case ReturnAnswer.RefundImpossible _, ReturnAnswer.ReasonMissing _ ->
            world.broken(Invariant.NO_SURPRISES, "a sound receipt is refused: " + answer);
      }
    } else {
      world.broken(Invariant.NO_SURPRISES, "a return is lost: " + outcome);
    }
  }
}
