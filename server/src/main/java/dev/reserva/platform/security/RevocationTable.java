package dev.reserva.platform.security;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code platform.token_revocation}. */
final class RevocationTable implements RevocationSource {

  private static final String ADD =
      """
      insert into platform.token_revocation (subject, valid_from_version, expires_at)
      values (?, ?, ?)
      """;

  // Rows of transactions that were under way at the last read may have become visible since. The
  // horizon is the oldest of them, so a row may be read again, and none is missed.
  private static final String READ =
      """
      select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
             r.subject, r.valid_from_version, r.expires_at
      from (values (1)) one
      left join platform.token_revocation r on r.written_by >= ?::text::xid8
      """;

  private static final String PURGE =
      """
      delete from platform.token_revocation
      where ctid = any(array(
        select ctid from platform.token_revocation
        where expires_at < ?
        limit ?
        for update skip locked))
      """;

  private final Transactions transactions;

  RevocationTable(Transactions transactions) {
    this.transactions = transactions;
  }

  private record Row(String horizon, @Nullable Revocation revocation) {}

  void add(Revocation revocation, UnitOfWork tx) {
    Statements.of(tx)
        .write(ADD, revocation.subject(), revocation.validFromVersion(), revocation.expiresAt());
  }

  @Override
  public Answer since(String horizon) {
    List<Row> rows =
        transactions.snapshot(tx ->
            Statements.of(tx)
                .query(
                    READ,
                    row -> {
                      UUID subject = row.getObject("subject", UUID.class);
                      return new Row(
                          row.getString("horizon"),
                          subject == null
                              ? null
                              : new Revocation(
                                  subject,
                                  row.getInt("valid_from_version"),
                                  Rows.instant(row, "expires_at")));
                    },
                    horizon));
    return new Answer(
        rows.getFirst().horizon(),
        rows.stream().map(Row::revocation).filter(Objects::nonNull).toList());
  }

  /**
   * Deletes revocations of which no token is left.
   *
   * @return how many
   */
  int purge(Instant now, int limit) {
    return transactions.call(tx -> Statements.of(tx).update(PURGE, now, limit));
  }
}
