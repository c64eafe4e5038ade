package dev.reserva.sales.application;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.sales.domain.Delivery;
import dev.reserva.sales.domain.Return;
import dev.reserva.sales.domain.ReturnAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Closes returns when financial reports what was given back for them, and remembers which goods of
 * an order can come back before the rest of it has arrived.
 */
public final class FollowReturns {

  private final Returns returns;

  public FollowReturns(Returns returns) {
    this.returns = returns;
  }

  /** What was given back for a return. */
  public record Refunded(UUID returnId, Money amount) {}

  /** A repeated delivery changes nothing. */
  public void followDeliveries(List<Delivery> deliveries, UnitOfWork tx) {
    returns.arrived(deliveries, tx);
  }

  /**
   * A repeated fact changes nothing.
   *
   * @throws Unprocessable when there is no such return
   */
  public void follow(List<Refunded> facts, UnitOfWork tx) {
    Map<UUID, Return> locked =
        new LinkedHashMap<>(
            returns.lock(facts.stream().map(Refunded::returnId).distinct().toList(), tx));
    Map<UUID, Return> changed = new LinkedHashMap<>();
    for (Refunded fact : facts) {
      Return goods = locked.get(fact.returnId());
      if (goods == null) {
        throw new Unprocessable("there is no return " + fact.returnId());
      }
      if (goods.refunded(fact.amount(), tx.now()) instanceof ReturnAnswer.Done done) {
        locked.put(goods.id(), done.now());
        changed.put(goods.id(), done.now());
      }
    }
    if (!changed.isEmpty()) {
      returns.save(changed.values(), tx);
    }
  }
}
