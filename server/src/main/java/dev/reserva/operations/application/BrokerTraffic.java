package dev.reserva.operations.application;

import dev.reserva.messaging.Backbone;
import dev.reserva.messaging.Backbone.BrokerStatus;
import dev.reserva.messaging.Backbone.IntakeStatus;
import dev.reserva.messaging.Backbone.SubscriptionStatus;
import java.util.List;
import java.util.Optional;

/**
 * What goes to other databases and comes from them by a broker.
 *
 * @param answers whether the broker answered the relay and each intake when it was last asked
 * @param relay sends what the services of this database publish
 * @param intakes import what others send, one for each queue that this process consumes
 */
public record BrokerTraffic(boolean answers, Relay relay, List<Intake> intakes) {

  private static final String BLOCKED = "blocked";

  /**
   * @param position of the last event of the log that is relayed or needs no relaying
   * @param lag events in the log behind the position
   * @param relayed events that the broker has confirmed, since the start
   * @param rejected events that it did not take and that were sent again, since the start
   * @param relayedPerMinute over the last full minute
   * @param state {@code running}, {@code blocked} (the broker takes no messages for now), {@code
   *     probing} (the broker or the database is down, or an event has no queue), {@code standby}
   *     (another process relays) or {@code stopped}
   * @param blockedReason why the broker takes no messages, while it is blocked
   * @param lastError why an event was not taken or why it probes, while it does
   */
  public record Relay(
      long position,
      long lag,
      long relayed,
      long rejected,
      double relayedPerMinute,
      String state,
      Optional<String> blockedReason,
      Optional<String> lastError) {

    private static Relay of(SubscriptionStatus status, double relayedPerMinute) {
      boolean blocked = status.state().equals(BLOCKED);
      Optional<String> reason = Optional.ofNullable(status.lastError());
      return new Relay(
          status.cursor(),
          status.lag(),
          status.handled(),
          status.failed(),
          relayedPerMinute,
          status.state(),
          blocked ? reason : Optional.empty(),
          blocked ? Optional.empty() : reason);
    }
  }

  /**
   * @param name {@code intake.} and the queue's name
   * @param imported events that were new, since the start
   * @param repeated events that had been imported before, since the start
   * @param unreadable messages that were not imported, since the start
   * @param lag messages of the queue that are not imported yet; absent if the broker does not tell
   * @param state {@code running}, {@code probing} (the broker or the database is down), {@code
   *     standby} (it has not connected yet) or {@code stopped}
   * @param lastError why it probes, while it does
   */
  public record Intake(
      String name,
      long imported,
      long repeated,
      long unreadable,
      Optional<Long> lag,
      String state,
      Optional<String> lastError) {

    private static Intake of(IntakeStatus status) {
      return new Intake(
          status.name(),
          status.imported(),
          status.repeated(),
          status.unreadable(),
          status.lag().stream().boxed().findFirst(),
          status.state(),
          Optional.ofNullable(status.lastError()));
    }
  }

  /**
   * Empty if no broker joins this log to others.
   *
   * @param subscriptions as the backbone has just told them
   */
  static Optional<BrokerTraffic> of(Backbone backbone, List<SubscriptionStatus> subscriptions) {
    return backbone.broker().flatMap(broker -> of(broker, backbone.intakes(), subscriptions));
  }

  private static Optional<BrokerTraffic> of(
      BrokerStatus broker, List<IntakeStatus> intakes, List<SubscriptionStatus> subscriptions) {
    return subscriptions.stream()
        .filter(status -> status.name().equals(Backbone.RELAY))
        .findFirst()
        .map(relay ->
            new BrokerTraffic(
                broker.answers(),
                Relay.of(relay, Figures.rounded(broker.relayedPerMinute())),
                intakes.stream().map(Intake::of).toList()));
  }
}
