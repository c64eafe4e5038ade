package dev.reserva.cli;

/** A command cannot do what it was asked for; the message tells why in one line. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CommandFailure(String message) {
    super(message);
  }

  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The server did not start: told by the innermost cause, which is the one that users can act on.
   *
   * @param details where more is told
   */
  static CommandFailure ofStart(RuntimeException failure, String details) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return new CommandFailure(
        "the server did not start: %s (more in %s)".formatted(innermost.getMessage(), details),
        failure);
  }
}
