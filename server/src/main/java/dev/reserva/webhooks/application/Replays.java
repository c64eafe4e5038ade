package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Replay;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored replays, the last one of each endpoint. */
public interface Replays {

  Optional<Replay> find(UUID endpoint, UnitOfWork tx);

  /** The same, locked until the transaction ends. */
  Optional<Replay> lock(UUID endpoint, UnitOfWork tx);

  /** Those that run, of endpoints that are active. */
  List<Replay> running(UnitOfWork tx);

  /** Writes a replay in the place of the last one of its endpoint. */
  void save(Replay replay, UnitOfWork tx);
}
