package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sends messages of one channel, outside of any transaction. */
public interface MessageSender {

  Channel channel();

  /**
   * Whether it can be expected to send. While it is not, nothing is claimed for it, so that an
   * outage costs no attempts.
   */
  boolean isReady();

  /**
   * Sends messages, each at least once.
   *
   * @return one result per message, in the same order
   */
  List<Result> send(List<Outgoing> messages);

  /**
   * @param id stays the same in each attempt; the provider's idempotency key where it has one
   * @param address e-mail address, telephone number or device
   * @param unsubscribe link of a mail that can be unsubscribed; absent for all others
   */
  record Outgoing(
      UUID id, String address, Language language, Rendered words, @Nullable String unsubscribe) {

    /** Hides the address and the words: personal data stays out of logs. */
    @Override
    public String toString() {
      return "Outgoing[id=%s]".formatted(id);
    }
  }

  /** What the provider says. */
  sealed interface Result {

    record Accepted() implements Result {}

    /** The address is refused for good. */
    record Bounced(String reason) implements Result {}

    /** The message is refused for good, the address may be right. */
    record Rejected(String reason) implements Result {}

    /** It may succeed later. */
    record Unavailable(String reason) implements Result {}
  }
}
