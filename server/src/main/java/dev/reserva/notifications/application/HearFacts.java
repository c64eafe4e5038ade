package dev.reserva.notifications.application;

import dev.reserva.messaging.Ids;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes messages of facts: one for each occurrence, fact, channel and recipient, however often the
 * fact is heard. The number of statements does not depend on the number of facts.
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
    if (!orders.isEmpty()) {
      messages.remember(orders, tx);
    }
    Instant oldest = tx.now().minus(maxAge);
    List<Heard> told = facts.stream().filter(fact -> !fact.at().isBefore(oldest)).toList();
    List<NewMessage> added = new ArrayList<>(told.size());
    for (Heard fact : told) {
      if (fact.fact().isForOperators()) {
        operators.forEach(operator -> added.add(mail(fact, operator)));
      } else {
        added.add(mail(fact, NewMessage.CUSTOMER));
      }
    }
    added.addAll(tellByPhone.messages(told, tx));
    if (!added.isEmpty()) {
      messages.add(added, tx);
      tx.afterCommit(messagesAdded);
    }
  }

  private NewMessage mail(Heard fact, String recipient) {
    return NewMessage.of(ids.next(), fact, Channel.EMAIL, recipient, fact.customerId());
  }
}
