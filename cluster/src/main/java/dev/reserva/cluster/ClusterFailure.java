package dev.reserva.cluster;

/** A cluster cannot be started. The message says why, and what is allowed. */
public final class ClusterFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ClusterFailure(String message) {
    super(message);
  }

  public ClusterFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
