package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The words of messages and what has become of them. It may be on another database than the
 * messages themselves, so no call takes part in a transaction, and each may be repeated.
 *
 * <p>Every method throws {@link dev.reserva.messaging.DependencyUnavailable} if the history cannot
 * be reached.
 */
public interface History {

  /** Stores entries, each in place of one with the same id. */
  void save(List<Entry> entries);

  /** Stores how messages have ended. A message that is unknown is left out. */
  void settle(List<End> ends);

  /** The entries with these ids, in no particular order. */
  List<Entry> find(Collection<UUID> ids);

  /**
   * Entries, newest first.
   *
   * @param before only entries with a lower id
   */
  List<Entry> list(Filter filter, @Nullable UUID before, int limit);

  /**
   * Removes entries that were created before, the oldest first.
   *
   * @return how many
   */
  int removeCreatedBefore(Instant before, int limit);

  /**
   * @param recipient the address
   * @param content without markup
   * @param sentAt absent unless it was sent
   * @param failure absent unless it has failed
   */
  record Entry(
      UUID id,
      Channel channel,
      String template,
      @Nullable UUID orderId,
      @Nullable UUID customerId,
      String trigger,
      String recipient,
      String subject,
      String content,
      Status status,
      @Nullable Failure failure,
      Instant createdAt,
      @Nullable Instant sentAt) {

    /** Hides the address and the words: personal data stays out of logs. */
    @Override
    public String toString() {
      return "Entry[id=%s, template=%s, status=%s]".formatted(id, template, status);
    }
  }

  /**
   * @param sentAt absent unless it was sent
   */
  record End(UUID id, Status status, @Nullable Failure failure, @Nullable Instant sentAt) {}

  /** Conditions that an entry must meet. An absent condition is met by all. */
  record Filter(
      @Nullable UUID orderId,
      @Nullable UUID customerId,
      @Nullable Channel channel,
      @Nullable Status status) {}
}
