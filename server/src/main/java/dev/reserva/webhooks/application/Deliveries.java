package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Answer;
import dev.reserva.webhooks.domain.Delivery;
import dev.reserva.webhooks.domain.DeliveryStatus;
import dev.reserva.webhooks.domain.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored deliveries and their attempts. */
public interface Deliveries {

  /** Adds deliveries. One for an event that the endpoint has a delivery of already is left out. */
  void queue(List<Delivery> deliveries, UnitOfWork tx);

  /**
   * Leases deliveries that are due. Those of an ordered endpoint are left out while an earlier one
   * of their key is pending.
   *
   * @param lease for so long, by the database's clock, nobody else attempts them
   * @param perEndpoint most deliveries of one endpoint that are leased at a time
   */
  List<Claimed> claim(Duration lease, int perEndpoint, UnitOfWork tx);

  Optional<Delivery> find(UUID id, UnitOfWork tx);

  Optional<Delivery> lock(UUID id, UnitOfWork tx);

  /** Writes a delivery that is locked, and ends its lease. */
  void replace(Delivery delivery, UnitOfWork tx);

  /** Makes a locked delivery that is pending due at once. An attempt under way goes on. */
  void hasten(UUID id, Instant now, UnitOfWork tx);

  void log(UUID delivery, int number, Instant at, Answer answer, UnitOfWork tx);

  /**
   * Newest first, with their attempts.
   *
   * @param before continue below this id
   */
  List<Logged> list(
      UUID endpoint,
      @Nullable DeliveryStatus status,
      @Nullable UUID before,
      int limit,
      UnitOfWork tx);

  /** The deliveries of certain events to all endpoints, oldest first, with their attempts. */
  List<Logged> ofEvents(Collection<UUID> events, int limit, UnitOfWork tx);

  /**
   * Adds deliveries. One for an event that the endpoint has a delivery of already makes that one
   * due again, if it has ended and is older than the replay.
   *
   * @return how many were added or are due again
   */
  int repeat(List<Delivery> deliveries, Instant replayedAt, UnitOfWork tx);

  /**
   * Forgets deliveries that ended before a time, with their attempts.
   *
   * @return how many, at most the limit
   */
  int forget(Instant before, int limit, UnitOfWork tx);

  /** A delivery that the caller alone attempts until its lease ends. */
  record Claimed(Delivery delivery, Endpoint endpoint) {}

  record Logged(Delivery delivery, List<Attempt> attempts) {
    public Logged {
      attempts = List.copyOf(attempts);
    }
  }

  record Attempt(Instant at, Answer answer) {}
}
