package dev.reserva.notifications.adapters.monitoring;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.application.Messages;
import dev.reserva.notifications.application.Messages.Backlog;
import dev.reserva.notifications.application.SendingCounts;
import dev.reserva.notifications.application.SendingCounts.Outcome;
import dev.reserva.notifications.domain.Channel;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters of each channel: messages by outcome, what waits and since when, and whether its circuit
 * breaker is open ({@code reserva.notifications.*}).
 *
 * <p>One scrape counts what waits once. While the database is down, that has no value.
 */
public final class MessageMetrics implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(MessageMetrics.class);

  /** Longer than a scrape, shorter than the pause between two scrapes. */
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final SendingCounts counts;
  private final List<MessageSender> senders;
  private final Messages messages;
  private final Transactions transactions;
  private final Clock clock;
  private @Nullable Reading last;

  public MessageMetrics(
      SendingCounts counts,
      List<MessageSender> senders,
      Messages messages,
      Transactions transactions,
      Clock clock) {
    this.counts = counts;
    this.senders = List.copyOf(senders);
    this.messages = messages;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * @param backlogs absent while the database is down
   */
  private record Reading(long takenNanos, @Nullable Map<Channel, Backlog> backlogs) {}

  @Override
  public void bindTo(MeterRegistry registry) {
    for (MessageSender sender : senders) {
      Channel channel = sender.channel();
      for (Outcome outcome : Outcome.values()) {
        FunctionCounter.builder(
                "reserva.notifications.messages", counts, it -> it.of(channel, outcome))
            .description("messages that have ended")
            .tag("channel", channel.wire())
            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
      gauge(registry, channel, "backlog", "messages that wait", Backlog::waiting);
      gauge(
          registry,
          channel,
          "oldest.seconds",
          "for how long the message has been due that has waited longest",
          this::overdue);
      Gauge.builder("reserva.notifications.circuit.open", sender, it -> it.isReady() ? 0 : 1)
          .description("1 while the provider is left alone")
          .tag("channel", channel.wire())
          .register(registry);
    }
  }

  private double overdue(Backlog backlog) {
    Instant oldest = backlog.oldest();
    return oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
  }

  private void gauge(
      MeterRegistry registry,
      Channel channel,
      String figure,
      String description,
      ToDoubleFunction<Backlog> value) {
    Gauge.builder("reserva.notifications." + figure, () -> of(channel, value))
        .description(description)
        .tag("channel", channel.wire())
        .register(registry);
  }

  private double of(Channel channel, ToDoubleFunction<Backlog> value) {
    Map<Channel, Backlog> backlogs = reading().backlogs();
    return backlogs == null
        ? Double.NaN
        : value.applyAsDouble(backlogs.getOrDefault(channel, Backlog.NONE));
  }

  private synchronized Reading reading() {
    Reading current = last;
    if (current == null || System.nanoTime() - current.takenNanos() > FRESH_NANOS) {
      current = new Reading(System.nanoTime(), backlogs());
      last = current;
    }
    return current;
  }

  private @Nullable Map<Channel, Backlog> backlogs() {
    try {
      return transactions.snapshot(messages::backlog);
    } catch (RuntimeException e) {
      LOG.warn("message metrics not read: error={}", e.toString());
      return null;
    }
  }
}
