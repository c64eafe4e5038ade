package dev.reserva.customers.application;

import dev.reserva.customers.domain.Session;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log-ins that last by a refresh token. */
public interface Sessions {

  Optional<Session> find(UUID id, UnitOfWork tx);

  /** As {@link #find}, locked until the transaction ends. */
  Optional<Session> lock(UUID id, UnitOfWork tx);

  /**
   * Sessions of an account that have not expired, newest first.
   *
   * @param before only sessions with a lower id; absent for the newest
   */
  List<Session> list(UUID account, @Nullable UUID before, int limit, Instant now, UnitOfWork tx);

  /**
   * Adds a session and deletes the oldest of its account beyond a limit.
   *
   * @param most how many of the account may be left, the new one included
   */
  void add(Session session, int most, UnitOfWork tx);

  /** Replaces the hashes of a session. */
  void update(Session session, UnitOfWork tx);

  /**
   * @return whether there was one
   */
  boolean delete(UUID id, UnitOfWork tx);

  /**
   * Deletes all sessions of an account.
   *
   * @return how many there were
   */
  int deleteOf(UUID account, UnitOfWork tx);

  /**
   * Deletes sessions that have expired.
   *
   * @return how many, at most the limit
   */
  int deleteExpired(Instant now, int limit, UnitOfWork tx);
}
