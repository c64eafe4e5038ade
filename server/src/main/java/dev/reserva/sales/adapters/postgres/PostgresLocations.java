package dev.reserva.sales.adapters.postgres;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.messaging.sql.Statements;
import dev.reserva.sales.application.Locations;
import java.util.Collection;

/** Table {@code sales.location}. */
public final class PostgresLocations implements Locations {

  private static final String ADD =
      "insert into sales.location (code) select unnest(?::text[]) on conflict do nothing";

  private static final String EXISTS = "select exists (select from sales.location where code = ?)";

  @Override
  public void add(Collection<String> codes, UnitOfWork tx) {
    Statements.of(tx).write(ADD, (Object) codes.toArray(String[]::new));
  }

  @Override
  public boolean exists(String code, UnitOfWork tx) {
    return Statements.of(tx).query(EXISTS, row -> row.getBoolean(1), code).getFirst();
  }
}
