package dev.reserva.sales.application;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.sales.domain.Receipt;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves one return at the command of staff: approves or rejects it, or receives its goods. Each
 * step is taken once; inventory and financial act on the receipt.
 */
public final class MoveReturn {

  private final Returns returns;
  private final Locations locations;

  public MoveReturn(Returns returns, Locations locations) {
    this.returns = returns;
    this.locations = locations;
  }

  /**
   * The common parts of every command about one return.
   *
   * @param seen whether the caller accepts its current version
   */
  public record Command(UUID returnId, Predicate<Return> seen, Cause cause) {}

  /** The result of a command. */
  public sealed interface Outcome {

    record Answered(ReturnAnswer answer) implements Outcome {}

    record Unknown() implements Outcome {}

    /** The return has changed since the caller saw it. */
    record Stale(Return current) implements Outcome {}

    /** There is no such location for the goods. Nothing changed. */
    record UnknownLocation(String location) implements Outcome {}
  }

  public Outcome approve(Command command, UnitOfWork tx) {
    return move(command, Return::approve, tx);
  }

  public Outcome reject(Command command, @Nullable String note, UnitOfWork tx) {
    return move(command, (goods, now) -> goods.reject(note, now), tx);
  }

  public Outcome receive(Command command, Receipt receipt, UnitOfWork tx) {
    String location = receipt.location();
    if (location != null && !locations.exists(location, tx)) {
      return new Outcome.UnknownLocation(location);
    }
    return move(command, (goods, now) -> goods.receive(receipt, now), tx);
  }

  private Outcome move(
      Command command, BiFunction<Return, Instant, ReturnAnswer> step, UnitOfWork tx) {
    Optional<Return> locked =
        returns.lock(List.of(command.returnId()), tx).values().stream().findFirst();
    if (locked.isEmpty()) {
      return new Outcome.Unknown();
    }
    Return goods = locked.get();
    if (!command.seen().test(goods)) {
      return new Outcome.Stale(goods);
    }
    ReturnAnswer answer = step.apply(goods, tx.now());
    if (answer instanceof ReturnAnswer.Done done) {
      returns.save(List.of(done.now()), tx);
      ReturnFacts.moved(done.now(), command.cause(), tx);
    }
    return new Outcome.Answered(answer);
  }
}
