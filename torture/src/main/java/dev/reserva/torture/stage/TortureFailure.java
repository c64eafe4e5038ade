package dev.reserva.torture.stage;

/** A scenario cannot be played to its end; the message says why. */
public final class TortureFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TortureFailure(String message) {
    super(message);
  }

  public TortureFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
