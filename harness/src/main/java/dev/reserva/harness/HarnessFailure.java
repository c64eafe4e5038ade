package dev.reserva.harness;

/** A program cannot be started, or does not do what it was told. The message says why. */
public final class HarnessFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HarnessFailure(String message) {
    super(message);
  }

  public HarnessFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
