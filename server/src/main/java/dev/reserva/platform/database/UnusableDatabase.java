package dev.reserva.platform.database;

import org.jspecify.annotations.Nullable;

/** The server cannot start on this database; the message gives the reason in one line. */
public final class UnusableDatabase extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableDatabase(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
