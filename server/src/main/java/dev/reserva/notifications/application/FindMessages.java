package dev.reserva.notifications.application;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.History.Entry;
import dev.reserva.notifications.application.History.Filter;
import dev.reserva.notifications.application.Messages.State;
import dev.reserva.notifications.domain.Status;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists messages. The history lags behind the messages by a moment, so those of which it does not
 * know the present state are taken from the messages, with their words if they have some yet.
 */
public final class FindMessages {

  private final Messages messages;
  private final History history;
  private final Transactions transactions;

  public FindMessages(Messages messages, History history, Transactions transactions) {
    this.messages = messages;
    this.history = history;
    this.transactions = transactions;
  }

  /**
   * @param before only messages with a lower id
   * @return newest first
   */
  public List<Entry> list(Filter filter, @Nullable UUID before, int limit) {
    List<State> ahead = transactions.snapshot(tx -> messages.ahead(filter, before, limit, tx));
    List<Entry> known = history.list(filter, before, limit);
    Set<UUID> outdated =
        known.isEmpty()
            ? Set.of()
            : transactions.snapshot(
                tx -> messages.aheadAmong(known.stream().map(Entry::id).toList(), tx));
    return Stream.concat(
            withWords(ahead).stream(),
            known.stream().filter(entry -> !outdated.contains(entry.id())))
        .sorted(Comparator.comparing(Entry::id, FindMessages::unsigned).reversed())
        .limit(limit)
        .toList();
  }

  private List<Entry> withWords(List<State> states) {
    Map<UUID, Entry> words = new HashMap<>();
    if (!states.isEmpty()) {
      history
          .find(states.stream().map(State::id).toList())
          .forEach(entry -> words.put(entry.id(), entry));
    }
    return states.stream().map(state -> entry(state, words.get(state.id()))).toList();
  }

  private static Entry entry(State state, @Nullable Entry words) {
    return new Entry(
        state.id(),
        state.channel(),
        state.template(),
        state.orderId(),
        state.customerId(),
        state.trigger(),
        words == null ? "" : words.recipient(),
        words == null ? "" : words.subject(),
        words == null ? "" : words.content(),
        state.status(),
        state.failure(),
        state.createdAt(),
        state.status() == Status.SENT ? state.endedAt() : null);
  }

  /** The order of the database, in which the bytes of ids are unsigned. */
  private static int unsigned(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }
}
