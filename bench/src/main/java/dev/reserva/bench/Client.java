package dev.reserva.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One buyer with a connection of his own, to a server or straight to a database. */
public interface Client extends AutoCloseable {

  /** Does the whole piece of work once; false if it is refused for now. */
  boolean call() throws Exception;

  @Override
  void close() throws IOException, SQLException;

  /** Lets another buyer in. */
  @FunctionalInterface
  interface Door {
    Client open() throws Exception;
  }
}
