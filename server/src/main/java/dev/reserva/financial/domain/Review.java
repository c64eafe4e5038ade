package dev.reserva.financial.domain;

import dev.reserva.contracts.Money;
import dev.reserva.contracts.Text;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that the provider and the books disagree about. It is open until it is decided; what is
 * seen again meanwhile is counted.
 *
 * @param subject the refund or the payment; of all that is open, one review is about it for each
 *     kind
 * @param paymentId absent if the payment is not on record
 * @param orderId absent if the payment is not on record
 * @param amount what is owed, or what the provider names
 * @param detail what the provider says, 1..{@value #MAX_DETAIL_LENGTH} characters
 * @param times how often it was seen
 * @param verdict absent while it is open
 */
public record Review(
    UUID id,
    ReviewKind kind,
    UUID subject,
    @Nullable UUID paymentId,
    @Nullable UUID orderId,
    @Nullable Money amount,
    String detail,
    int times,
    Instant openedAt,
    Instant lastAt,
    @Nullable Verdict verdict) {

  public static final int MAX_DETAIL_LENGTH = 500;

  public Review {
    if (detail.isEmpty() || Text.length(detail) > MAX_DETAIL_LENGTH) {
      throw new IllegalArgumentException(
          "detail must have 1..%d characters, had %d"
              .formatted(MAX_DETAIL_LENGTH, Text.length(detail)));
    }
  }

  /**
   * What was decided.
   *
   * @param by name of the person, or of this service
   */
  public record Verdict(ReviewDecision decision, String reason, String by, Instant at) {}

  /** What is seen for the first time; a text that is too long is cut. */
  public static Review opened(
      UUID id,
      ReviewKind kind,
      UUID subject,
      @Nullable Payment payment,
      @Nullable Money amount,
      String detail,
      Instant now) {
    String cut =
        Text.length(detail) <= MAX_DETAIL_LENGTH
            ? detail
            : detail.substring(0, detail.offsetByCodePoints(0, MAX_DETAIL_LENGTH));
    return new Review(
        id,
        kind,
        subject,
        payment == null ? null : payment.id(),
        payment == null ? null : payment.terms().orderId(),
        amount,
        cut,
        1,
        now,
        now,
        null);
  }

  public boolean isOpen() {
    return verdict == null;
  }

  public Review decided(Verdict now) {
    return new Review(
        id, kind, subject, paymentId, orderId, amount, detail, times, openedAt, lastAt, now);
  }
}
