package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.SecondFactors;
import dev.reserva.customers.domain.RecoveryCode;
import dev.reserva.customers.domain.SecondFactor;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Rows;
import dev.reserva.messaging.sql.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code customers.second_factor} and {@code customers.recovery_code} */
public final class PostgresSecondFactors implements SecondFactors {

  private static final String FIND =
      """
      select account_id, sealed_secret, confirmed_at, last_step, failed, paused_until, created_at
      from customers.second_factor
      where account_id = ?
      """;

  private static final String LOCK = FIND + "for update";

  private static final String PUT =
      """
      insert into customers.second_factor
        (account_id, sealed_secret, confirmed_at, last_step, failed, paused_until, created_at)
      values (?, ?, ?, ?, ?, ?, ?)
      on conflict (account_id) do update
      set sealed_secret = excluded.sealed_secret, confirmed_at = excluded.confirmed_at,
          last_step = excluded.last_step, failed = excluded.failed,
          paused_until = excluded.paused_until, created_at = excluded.created_at
      """;

  private static final String REMOVE = "delete from customers.second_factor where account_id = ?";

  private static final String REMOVE_CODES =
      "delete from customers.recovery_code where account_id = ?";

  private static final String ADD_CODES =
      """
      insert into customers.recovery_code (account_id, digest)
      select ?, digest from unnest(?::text[]) as code (digest)
      """;

  private static final String SPEND =
      "delete from customers.recovery_code where account_id = ? and digest = ?";

  private static final String COUNT_CODES =
      "select count(*) as codes from customers.recovery_code where account_id = ?";

  @Override
  public Optional<SecondFactor> find(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(FIND, PostgresSecondFactors::factor, account).stream()
        .findFirst();
  }

  @Override
  public Optional<SecondFactor> lock(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(LOCK, PostgresSecondFactors::factor, account).stream()
        .findFirst();
  }

  @Override
  public void put(SecondFactor factor, UnitOfWork tx) {
    Statements.of(tx)
        .write(
            PUT,
            factor.account(),
            factor.sealedSecret(),
            factor.confirmedAt(),
            factor.lastStep(),
            factor.failed(),
            factor.pausedUntil(),
            factor.createdAt());
  }

  @Override
  public boolean remove(UUID account, UnitOfWork tx) {
    return Statements.of(tx).update(REMOVE, account) == 1;
  }

  @Override
  public void putRecoveryCodes(UUID account, List<RecoveryCode> codes, UnitOfWork tx) {
    Statements statements = Statements.of(tx);
    statements.write(REMOVE_CODES, account);
    statements.write(
        ADD_CODES,
        account,
        (Object) codes.stream().map(code -> code.digest(account)).toArray(String[]::new));
  }

  @Override
  public boolean spend(UUID account, RecoveryCode code, UnitOfWork tx) {
    return Statements.of(tx).update(SPEND, account, code.digest(account)) == 1;
  }

  @Override
  public int recoveryCodesLeft(UUID account, UnitOfWork tx) {
    return Statements.of(tx).query(COUNT_CODES, row -> row.getInt("codes"), account).getFirst();
  }

  private static SecondFactor factor(ResultSet row) throws SQLException {
    return new SecondFactor(
        Rows.uuid(row, "account_id"),
        row.getString("sealed_secret"),
        Rows.instantOrNull(row, "confirmed_at"),
        row.getLong("last_step"),
        row.getInt("failed"),
        Rows.instantOrNull(row, "paused_until"),
        Rows.instant(row, "created_at"));
  }
}
