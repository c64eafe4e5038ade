package dev.reserva.financial.adapters.postgres;

import dev.reserva.contracts.Money;
import dev.reserva.financial.application.Reviews;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewDecision;
import dev.reserva.financial.domain.ReviewKind;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Columns;
import dev.reserva.messaging.sql.Conditions;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table {@code financial.reviews}. */
public final class PostgresReviews implements Reviews {

  private static final String SELECT =
      """
      select id, kind, subject, payment_id, order_id, amount, currency, detail, times, opened_at,
             last_at, decision, reason, decided_by, decided_at
      from financial.reviews
      """;

  private static final String FIND = SELECT + "where id = ?";

  private static final String OPEN =
      """
      insert into financial.reviews (
        id, kind, subject, payment_id, order_id, amount, currency, detail, times, opened_at, last_at)
      select * from unnest(
        ?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::numeric[], ?::text[], ?::text[],
        ?::integer[], ?::timestamptz[], ?::timestamptz[])
      on conflict (kind, subject) where decision is null do update
      set times = reviews.times + 1, last_at = excluded.last_at, detail = excluded.detail
      """;

  private static final String DECIDE =
      """
      update financial.reviews
      set decision = ?, reason = ?, decided_by = ?, decided_at = ?
      where id = ? and decision is null
      """;

  private static final String RESOLVE =
      """
      update financial.reviews
      set decision = 'RESOLVED', reason = 'the provider has given the money back',
          decided_by = 'financial', decided_at = ?
      where kind = 'REFUND_OWED' and subject = any (?) and decision is null
      """;

  @Override
  public void open(Collection<Review> reviews, UnitOfWork tx) {
    if (reviews.isEmpty()) {
      return;
    }
    // A statement counts a row once, so what a batch has seen twice counts once.
    Collection<Review> seen =
        reviews.stream()
            .collect(
                Collectors.toMap(
                    review -> new Key(review.kind(), review.subject()),
                    Function.identity(),
                    (one, _) -> one))
            .values();
    Statements.of(tx)
        .write(
            OPEN,
            Columns.uuids(seen, Review::id),
            Columns.texts(seen, review -> review.kind().name()),
            Columns.uuids(seen, Review::subject),
            Columns.uuids(seen, Review::paymentId),
            Columns.uuids(seen, Review::orderId),
            Columns.numbers(
                seen, review -> review.amount() == null ? null : review.amount().amount()),
            Columns.texts(
                seen, review -> review.amount() == null ? null : review.amount().currency()),
            Columns.texts(seen, Review::detail),
            Columns.integers(seen, Review::times),
            Columns.instants(seen, Review::openedAt),
            Columns.instants(seen, Review::lastAt));
  }

  private record Key(ReviewKind kind, UUID subject) {}

  @Override
  public boolean decide(UUID id, Review.Verdict verdict, UnitOfWork tx) {
    return Statements.of(tx)
            .update(
                DECIDE, verdict.decision().name(), verdict.reason(), verdict.by(), verdict.at(), id)
        == 1;
  }

  @Override
  public void resolveRefunds(Collection<UUID> refundIds, Instant at, UnitOfWork tx) {
    if (!refundIds.isEmpty()) {
      Statements.of(tx).write(RESOLVE, at, refundIds.toArray(UUID[]::new));
    }
  }

  @Override
  public Optional<Review> find(UUID id, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresReviews::review, id).stream().findFirst();
  }

  @Override
  public List<Review> list(
      @Nullable Boolean open, @Nullable UUID before, int limit, UnitOfWork tx) {
    Conditions conditions = new Conditions().andIfPresent("id < ?", before);
    if (open != null) {
      conditions.and(open ? "decision is null" : "decision is not null");
    }
    return Statements.of(tx)
        .query(
            SELECT + conditions.where() + "order by id desc limit ?",
            PostgresReviews::review,
            conditions.values(limit));
  }

  private static Review review(ResultSet row) throws SQLException {
    BigDecimal amount = row.getBigDecimal("amount");
    String decision = row.getString("decision");
    return new Review(
        Rows.uuid(row, "id"),
        ReviewKind.valueOf(row.getString("kind")),
        Rows.uuid(row, "subject"),
        Rows.uuidOrNull(row, "payment_id"),
        Rows.uuidOrNull(row, "order_id"),
        amount == null ? null : new Money(amount, row.getString("currency")),
        row.getString("detail"),
        row.getInt("times"),
        Rows.instant(row, "opened_at"),
        Rows.instant(row, "last_at"),
        decision == null
            ? null
            : new Review.Verdict(
                ReviewDecision.valueOf(decision),
                row.getString("reason"),
                row.getString("decided_by"),
                Rows.instant(row, "decided_at")));
  }
}
