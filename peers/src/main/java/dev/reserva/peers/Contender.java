package dev.reserva.peers;

import dev.reserva.bench.Client;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** A measured shop, in a process and on a database of its own. */
interface Contender extends AutoCloseable {
  /** Time-out until nothing is under way. */
  Duration FINISH_TIMEOUT = Duration.ofMinutes(1);

  String name();

  /** The measured commit or library version. */
  String version();

  Storefront storefront();

  Stock stock();

  /** Waits until nothing is under way; fails after {@link #FINISH_TIMEOUT}. */
  void awaitFinished() throws IOException, SQLException, InterruptedException;

  /** The counts of its database while nothing is under way. */
  Accounts accounts() throws IOException, SQLException;

  Database database();

  /** CPU time that its JVM has used so far. */
  Duration jvmCpu();

  /** CPU time that its database has used so far. */
  Duration databaseCpu();

  @Override
  void close() throws SQLException;

  /** Buyers of products that do not sell out. */
  default Client.Factory buyers() {
    return () -> new Buyer(storefront(), stock().plenty());
  }
}
