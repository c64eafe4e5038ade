package dev.reserva.messaging.store;

import dev.reserva.messaging.transport.LogIdentity;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the identity of the log in a database, once. */
public final class PostgresLogIdentity implements LogIdentity {

  private static final String SELECT_ID = "select log_id from messaging.log_head";

  private final DataSource dataSource;
  private volatile @Nullable UUID known;

  public PostgresLogIdentity(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public UUID id() {
    UUID id = known;
    if (id == null) {
      id =
          Sql.alone(
              dataSource,
              connection ->
                  Sql.query(connection, SELECT_ID, row -> EventColumns.uuid(row, "log_id"))
                      .getFirst());
      known = id;
    }
    return id;
  }
}
