package dev.reserva.notifications.application;

import dev.reserva.notifications.application.Messages.Settled;
import dev.reserva.notifications.domain.Channel;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many messages of each channel this process has sent, given up and skipped. */
public final class SendingCounts {

  /** What has become of a message. */
  public enum Outcome {
    SENT,
    FAILED,
    SKIPPED
  }

  private final Map<Channel, Map<Outcome, LongAdder>> counts = new EnumMap<>(Channel.class);

  public SendingCounts() {
    for (Channel channel : Channel.values()) {
      Map<Outcome, LongAdder> ofChannel = new EnumMap<>(Outcome.class);
      for (Outcome outcome : Outcome.values()) {
        ofChannel.put(outcome, new LongAdder());
      }
      counts.put(channel, ofChannel);
    }
  }

  void count(Channel channel, Settled settled) {
    switch (settled) {
      case Settled.Sent _ -> adder(channel, Outcome.SENT).increment();
      case Settled.Failed _ -> adder(channel, Outcome.FAILED).increment();
      case Settled.Skipped _ -> adder(channel, Outcome.SKIPPED).increment();
      case Settled.Postponed _ -> {
        // It is still in the backlog.
      }
    }
  }

  /** Since the start of the process. */
  public long of(Channel channel, Outcome outcome) {
    return adder(channel, outcome).sum();
  }

  private LongAdder adder(Channel channel, Outcome outcome) {
    Map<Outcome, LongAdder> ofChannel = counts.get(channel);
    LongAdder adder = ofChannel == null ? null : ofChannel.get(outcome);
    if (adder == null) {
      throw new IllegalStateException("every channel has a count of every outcome");
    }
    return adder;
  }
}
