package dev.reserva.cli.api;

/** The server cannot be reached, or answers otherwise than its contract or the story says. */
public final class UnexpectedReply extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnexpectedReply(String message) {
    super(message);
  }

  public UnexpectedReply(String message, Throwable cause) {
    super(message, cause);
  }
}
