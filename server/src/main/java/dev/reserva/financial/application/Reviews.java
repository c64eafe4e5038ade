package dev.reserva.financial.application;

import dev.reserva.financial.domain.Review;
import dev.reserva.messaging.UnitOfWork;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the provider and the books disagree about. Reviews are locked after payments and refunds.
 */
public interface Reviews {

  /** Opens reviews. One that is open of the same kind and subject is counted instead. */
  void open(Collection<Review> seen, UnitOfWork tx);

  /**
   * Decides a review.
   *
   * @return whether it was open
   */
  boolean decide(UUID id, Review.Verdict verdict, UnitOfWork tx);

  /** Ends the open reviews of refunds that the provider has paid after all. */
  void resolveRefunds(Collection<UUID> refundIds, Instant at, UnitOfWork tx);

  /** A review, not locked. */
  Optional<Review> find(UUID id, UnitOfWork tx);

  /**
   * Reviews, newest first.
   *
   * @param open whether only open ones, or only decided ones; all when absent
   * @param before continue below this id; absent for the first
   */
  List<Review> list(@Nullable Boolean open, @Nullable UUID before, int limit, UnitOfWork tx);
}
