package dev.reserva.cli;

import java.nio.file.Path;

/** A command cannot do what it was asked for; the message tells why in a few lines. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The server did not start; the message has at most five lines.
   *
   * @param log where the whole story is
   */
  static CommandFailure ofStart(RuntimeException failure, Path log) {
    return new CommandFailure(
        "the server did not start: %s%nThe log of this start is in %s"
            .formatted(StartFailure.reason(failure), log),
        failure);
  }
}
