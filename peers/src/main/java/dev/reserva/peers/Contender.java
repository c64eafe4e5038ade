package dev.reserva.peers;

import dev.reserva.bench.Client;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** A shop in a process of its own, with a database of its own, that is measured. */
interface Contender extends AutoCloseable {
  /** As long as it may take until nothing is under way any more. */
  Duration PATIENCE = Duration.ofMinutes(1);

  String name();

  /** What is measured: a commit or a library's version. */
  String version();

  Storefront storefront();

  Stock stock();

  /** Waits until nothing is under way; fails after {@link #PATIENCE}. */
  void awaitFinished() throws IOException, SQLException, InterruptedException;

  /** What its database says; nothing is under way. */
  Accounts accounts() throws IOException, SQLException;

  Database database();

  /** CPU time that its JVM has used so far. */
  Duration jvmCpu();

  /** CPU time that its database has used so far. */
  Duration databaseCpu();

  @Override
  void close() throws SQLException;

  /** Lets buyers in who order what is there in plenty. */
  default Client.Door buyers() {
    return () -> new Buyer(storefront(), stock().plenty());
  }
}
