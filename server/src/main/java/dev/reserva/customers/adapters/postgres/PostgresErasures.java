package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Erasures;
import dev.reserva.customers.domain.Erasure;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The erasures in {@code customers.customer}, and what they take from the tables beside it. */
public final class PostgresErasures implements Erasures {

  private static final String FIND =
      """
      select id, erasure_requested_at, erased_at
      from customers.customer
      where id = ? and erasure_requested_at is not null
      """;

  private static final String REQUEST =
      "update customers.customer set erasure_requested_at = ? where id = ?";

  private static final String ERASE =
      """
      update customers.customer
      set name = 'erased', email = id || '@erased.invalid', email_key = id || '@erased.invalid',
          phone = null, language = null, erased_at = ?, updated_at = ?, version = version + 1
      where id = ? and erasure_requested_at is not null and erased_at is null
      """;

  // The form of a hash that no password has, so that it is refused like any wrong password.
  private static final String ERASE_LOGIN =
      """
      update customers.user_account
      set login = customer_id || '@erased.invalid',
          password_hash = '$2a$10$' || repeat('.', 53),
          active = false
      where customer_id = ?
      """;

  private static final String DELETE_LINKS =
      "delete from customers.account_link where owner_id = ?";

  @Override
  public Optional<Erasure> find(UUID customerId, UnitOfWork tx) {
    return Statements.of(tx)
        .query(
            FIND,
            row ->
                new Erasure(
                    Rows.uuid(row, "id"),
                    Rows.instant(row, "erasure_requested_at"),
                    Rows.instantOrNull(row, "erased_at")),
            customerId)
        .stream()
        .findFirst();
  }

  @Override
  public void request(Erasure erasure, UnitOfWork tx) {
    Statements.of(tx).write(REQUEST, erasure.requestedAt(), erasure.customerId());
  }

  @Override
  public boolean erase(UUID customerId, Instant now, UnitOfWork tx) {
    boolean erased = Statements.of(tx).update(ERASE, now, now, customerId) == 1;
    if (erased) {
      Statements.of(tx).write(ERASE_LOGIN, customerId);
      Statements.of(tx).write(DELETE_LINKS, customerId);
    }
    return erased;
  }
}
