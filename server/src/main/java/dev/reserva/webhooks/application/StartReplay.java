package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EndpointState;
import dev.reserva.webhooks.domain.Replay;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Starts a replay of the events since a time; {@link ReplayEvents} carries it out. */
public final class StartReplay {

  private final Endpoints endpoints;
  private final Replays replays;

  public StartReplay(Endpoints endpoints, Replays replays) {
    this.endpoints = endpoints;
    this.replays = replays;
  }

  /** What came of it. */
  public sealed interface Outcome {
    record Started(Replay replay) implements Outcome {}

    record Disabled(Endpoint endpoint) implements Outcome {}

    /** Another replay of the endpoint is not over. */
    record Running(Replay replay) implements Outcome {}
  }

  /**
   * @param since of events that are posted
   * @return empty if there is no such endpoint
   */
  public Optional<Outcome> start(UUID id, Instant since, UnitOfWork tx) {
    return endpoints.lock(id, tx).map(endpoint -> start(endpoint, since, tx));
  }

  private Outcome start(Endpoint endpoint, Instant since, UnitOfWork tx) {
    if (endpoint.state() == EndpointState.DISABLED) {
      return new Outcome.Disabled(endpoint);
    }
    Optional<Replay> running = replays.lock(endpoint.id(), tx).filter(Replay::isRunning);
    if (running.isPresent()) {
      return new Outcome.Running(running.get());
    }
    Replay replay = Replay.started(endpoint.id(), since, tx.now());
    replays.save(replay, tx);
    return new Outcome.Started(replay);
  }
}
