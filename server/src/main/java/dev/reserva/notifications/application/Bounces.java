package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Bounce;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The addresses that were refused for good, by their fingerprints. */
public interface Bounces {

  /** Stores bounces. Of an address that is known, the first one stays. */
  void add(List<Bounce> bounces, UnitOfWork tx);

  /** Those of the fingerprints whose addresses were refused. */
  Set<String> among(Collection<String> fingerprints, UnitOfWork tx);

  /**
   * Bounces, newest message first.
   *
   * @param before only bounces of messages with a lower id
   */
  List<Bounce> list(@Nullable UUID before, int limit, UnitOfWork tx);

  /**
   * Lets messages go to an address again.
   *
   * @param message the one that bounced
   * @return whether there was such a bounce
   */
  boolean remove(UUID message, UnitOfWork tx);

  /** Lets messages go to an address again. */
  void forgive(String fingerprint, UnitOfWork tx);
}
