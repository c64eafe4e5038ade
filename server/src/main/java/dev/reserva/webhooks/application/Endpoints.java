package dev.reserva.webhooks.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.webhooks.domain.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored endpoints, and how far the log is read for them. */
public interface Endpoints {

  /** Position of the last event that was read, locked until the transaction ends. */
  long lockPosition(UnitOfWork tx);

  void moveTo(long position, UnitOfWork tx);

  /** Those that are not disabled, in order of their ids. */
  List<Endpoint> enabled(UnitOfWork tx);

  int count(UnitOfWork tx);

  Optional<Endpoint> find(UUID id, UnitOfWork tx);

  Optional<Endpoint> lock(UUID id, UnitOfWork tx);

  /**
   * Newest first.
   *
   * @param before continue below this id
   */
  List<Endpoint> list(@Nullable UUID before, int limit, UnitOfWork tx);

  void add(Endpoint endpoint, UnitOfWork tx);

  /** Writes an endpoint that is locked. */
  void replace(Endpoint endpoint, UnitOfWork tx);

  /** Removes an endpoint with its deliveries. */
  boolean remove(UUID id, UnitOfWork tx);
}
