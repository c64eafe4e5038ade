package dev.reserva.cluster;

import java.util.Locale;

/** The state of a process of the cluster. */
public enum NodeState {
  /** It has not been started yet. */
  WAITING,
  STARTING,
  READY,
  /** It has ended by itself and is started again after a pause. */
  BACKING_OFF,
  /** It was ended on purpose. */
  STOPPED,
  /** It did not start, or has ended too often; nobody starts it again. */
  FAILED;

  /** Such as {@code backing off}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
