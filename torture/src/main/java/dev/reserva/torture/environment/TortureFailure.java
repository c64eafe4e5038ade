package dev.reserva.torture.environment;

/** A scenario cannot run to its end. The message says why. */
public final class TortureFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TortureFailure(String message) {
    super(message);
  }

  public TortureFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
