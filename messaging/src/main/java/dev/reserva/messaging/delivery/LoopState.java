package dev.reserva.messaging.delivery;

/** The state of a loop. */
public enum LoopState {
  RUNNING,
  /** A dependency is down. */
  PROBING,
  /** The broker takes no messages for now. */
  BLOCKED,
  /** Another process does the work. */
  STANDBY,
  STOPPED;

  /** The state's name in statistics, such as {@code running}. */
  String text() {
    return switch (this) {
      case RUNNING -> "running";
      case PROBING -> "probing";
      case BLOCKED -> "blocked";
      case STANDBY -> "standby";
      case STOPPED -> "stopped";
    };
  }
}
