package dev.reserva.notifications.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes messages of facts: one for each occurrence, fact, channel and recipient, however often the
 * fact is heard. The number of statements does not depend on the number of facts.
 *
 * <p>Of the {@linkplain dev.reserva.notifications.domain.Fact#step steps} of an order that are
 * heard together only the furthest one is told by mail, and none before one that was told. By phone
 * each fact is told that the shop names for the channel.
 *
 * <p>A fact that is older than {@code maxAge} is told nobody. So neither a replay nor the first
 * start of this service writes to customers about orders of long ago.
 */
public final class HearFacts {

  private final Messages messages;
  private final TellByPhone tellByPhone;
  private final Ids ids;
  private final List<String> operators;
  private final Duration maxAge;
  private final Runnable messagesAdded;

  /**
   * @param operators e-mail addresses that alerts go to
   * @param messagesAdded called after the commit
   */
  public HearFacts(
      Messages messages,
      TellByPhone tellByPhone,
      Ids ids,
      List<String> operators,
      Duration maxAge,
      Runnable messagesAdded) {
    this.messages = messages;
    this.tellByPhone = tellByPhone;
    this.ids = ids;
    this.operators = List.copyOf(operators);
    this.maxAge = maxAge;
    this.messagesAdded = messagesAdded;
  }

  /**
   * @param orders that were submitted
   */
  public void hear(List<KnownOrder> orders, List<Heard> facts, UnitOfWork tx) {
    Instant oldest = tx.now().minus(maxAge);
    List<Heard> recent = facts.stream().filter(fact -> !fact.at().isBefore(oldest)).toList();
    Map<UUID, KnownOrder> known = known(orders, recent);
    if (!known.isEmpty()) {
      messages.remember(known.values(), tx);
    }
    List<Heard> told = recent.stream().filter(fact -> !isPassed(fact, known)).toList();
    List<NewMessage> added = new ArrayList<>(told.size());
    for (Heard fact : told) {
      if (fact.fact().isForOperators()) {
        operators.forEach(operator -> added.add(mail(fact, operator)));
      } else {
        added.add(mail(fact, NewMessage.CUSTOMER));
      }
    }
    added.addAll(tellByPhone.messages(recent, tx));
    if (!added.isEmpty()) {
      messages.add(added, tx);
      tx.afterCommit(messagesAdded);
    }
  }

  /** The orders that are new or have taken a step, each once. */
  private static Map<UUID, KnownOrder> known(List<KnownOrder> orders, List<Heard> facts) {
    Map<UUID, KnownOrder> known = new LinkedHashMap<>();
    orders.forEach(order -> known.merge(order.id(), order, KnownOrder::and));
    for (Heard fact : facts) {
      UUID order = fact.orderId();
      if (order != null && fact.fact().step() > 0) {
        KnownOrder stepped = new KnownOrder(order, fact.customerId(), null, fact.fact().step());
        known.merge(order, stepped, KnownOrder::and);
      }
    }
    return known;
  }

  /** Whether its order has taken a further step in the same batch. */
  private static boolean isPassed(Heard fact, Map<UUID, KnownOrder> known) {
    KnownOrder order = fact.orderId() == null ? null : known.get(fact.orderId());
    return order != null && fact.fact().step() > 0 && fact.fact().step() < order.step();
  }

  private NewMessage mail(Heard fact, String recipient) {
    return NewMessage.of(ids.next(), fact, Channel.EMAIL, recipient, fact.customerId());
  }
}
