package dev.reserva.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One buyer with a connection of its own, to a server or directly to a database. */
public interface Client extends AutoCloseable {

  /** Places one order; returns false if it is refused for now. */
  boolean call() throws Exception;

  @Override
  void close() throws IOException, SQLException;

  /** Opens another client. */
  @FunctionalInterface
  interface Factory {
    Client open() throws Exception;
  }
}
