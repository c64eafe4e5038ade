package dev.reserva.customers.adapters.postgres;

import dev.reserva.customers.application.Sessions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import java.util.UUID;

/** {@code customers.session} */
public final class PostgresSessions implements Sessions {

  private static final String DELETE_OF_ACCOUNT =
      "delete from customers.session where account_id = ?";

  @Override
  public int deleteOf(UUID account, UnitOfWork tx) {
    return Statements.of(tx).update(DELETE_OF_ACCOUNT, account);
  }
}
