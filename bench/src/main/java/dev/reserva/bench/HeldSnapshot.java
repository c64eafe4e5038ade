package dev.reserva.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A transaction on the server's database that keeps a snapshot open, as a backup does. While it is
 * open, PostgreSQL cannot remove row versions that the snapshot may see.
 */
final class HeldSnapshot implements AutoCloseable {
  private static final String SELECT_SNAPSHOT = "select pg_current_snapshot()::text";

  private final Connection connection;
  private final String taken;

  private HeldSnapshot(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    this.taken = current();
  }

  /**
   * Takes the snapshot.
   *
   * @param postgres the folder of the embedded database
   */
  static HeldSnapshot take(Path postgres) throws IOException, SQLException {
    Connection connection = ServerDatabase.connect(postgres);
    try {
      return new HeldSnapshot(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * @throws BenchFailure if the transaction has ended meanwhile
   */
  void requireHeld() {
    try {
      String now = current();
      if (!now.equals(taken)) {
        throw new BenchFailure("the snapshot %s became %s".formatted(taken, now));
      }
    } catch (SQLException e) {
      throw new BenchFailure("the transaction was not held to the end: " + e.getMessage(), e);
    }
  }

  private String current() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SELECT_SNAPSHOT)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.rollback();
    } finally {
      connection.close();
    }
  }
}
