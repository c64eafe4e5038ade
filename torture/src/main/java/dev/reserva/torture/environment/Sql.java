package dev.reserva.torture.environment;

import dev.reserva.postgres.DatabaseLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Properties;

/** A session on a server's database, as its owner. */
public final class Sql implements AutoCloseable {
  private final Connection connection;

  private Sql(Connection connection) {
    this.connection = connection;
  }

  /**
   * Opens a session on the database that a server embeds.
   *
   * @param data the server's data folder
   */
  public static Sql onEmbedded(Path data) throws IOException, SQLException {
    Path postgres = data.resolve("postgres");
    // Line 4 is the port (PostgreSQL's src/include/utils/pidfile.h).
    String port = Files.readAllLines(postgres.resolve("cluster/postmaster.pid")).get(3).strip();
    return on(Integer.parseInt(port), Files.readString(postgres.resolve("password")).strip());
  }

  public static Sql on(Database database) throws SQLException {
    return on(database.port(), database.password());
  }

  /** Opens a session as the owner of a login does. */
  public static Sql on(DatabaseLogin login) throws IOException, SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", login.user());
    properties.setProperty("password", Files.readString(login.passwordFile()).strip());
    return new Sql(DriverManager.getConnection(login.url(), properties));
  }

  private static Sql on(int port, String password) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "reserva");
    login.setProperty("password", password);
    return new Sql(
        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/reserva", login));
  }

  public Connection connection() {
    return connection;
  }

  public void execute(String statement) throws SQLException {
    try (Statement executed = connection.createStatement()) {
      executed.execute(statement);
    }
  }

  /** The database's clock. */
  public Instant clock() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select clock_timestamp()")) {
      row.next();
      return row.getObject(1, OffsetDateTime.class).toInstant();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
