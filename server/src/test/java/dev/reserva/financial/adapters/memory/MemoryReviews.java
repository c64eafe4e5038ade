package dev.reserva.financial.adapters.memory;

import dev.reserva.financial.application.Reviews;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewDecision;
import dev.reserva.financial.domain.ReviewKind;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.memory.MemoryDatabase;
import dev.reserva.messaging.memory.MemoryTable;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Financial's reviews. */
public final class MemoryReviews implements Reviews {

  private static MemoryTable<UUID, Review> rows(UnitOfWork tx) {
    return tx.resource(MemoryDatabase.class).table("financial.review");
  }

  @Override
  public void open(Collection<Review> seen, UnitOfWork tx) {
    for (Review review : seen) {
      Review known = find(review.kind(), review.subject(), tx).orElse(null);
      Review kept = known == null ? review : again(known, review);
      rows(tx).put(kept.id(), kept);
    }
  }

  private static Review again(Review known, Review seen) {
    return new Review(
        known.id(),
        known.kind(),
        known.subject(),
        known.paymentId(),
        known.orderId(),
        known.amount(),
        seen.detail(),
        known.times() + 1,
        known.openedAt(),
        seen.lastAt(),
        null);
  }

  private static Optional<Review> find(ReviewKind kind, UUID subject, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> row.isOpen() && row.kind() == kind && row.subject().equals(subject))
        .findFirst();
  }

  @Override
  public boolean decide(UUID id, Review.Verdict verdict, UnitOfWork tx) {
    Optional<Review> open = rows(tx).get(id).filter(Review::isOpen);
    open.ifPresent(review -> rows(tx).put(id, review.decided(verdict)));
    return open.isPresent();
  }

  @Override
  public void resolveRefunds(Collection<UUID> refundIds, Instant at, UnitOfWork tx) {
    for (UUID refund : refundIds) {
      find(ReviewKind.REFUND_OWED, refund, tx)
          .ifPresent(review ->
              decide(
                  review.id(),
                  new Review.Verdict(
                      ReviewDecision.RESOLVED,
                      "the provider has given the money back",
                      "financial",
                      at),
                  tx));
    }
  }

  @Override
  public Optional<Review> find(UUID id, UnitOfWork tx) {
    return rows(tx).get(id);
  }

  @Override
  public List<Review> list(
      @Nullable Boolean open, @Nullable UUID before, int limit, UnitOfWork tx) {
    return rows(tx).values().stream()
        .filter(row -> open == null || row.isOpen() == open)
        .filter(row -> before == null || row.id().toString().compareTo(before.toString()) < 0)
        .sorted(Comparator.comparing((Review row) -> row.id().toString()).reversed())
        .limit(limit)
        .toList();
  }
}
