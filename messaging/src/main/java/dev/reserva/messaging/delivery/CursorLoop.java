package dev.reserva.messaging.delivery;

import org.jspecify.annotations.Nullable;

/** A loop that reads the log by a cursor. Any thread may call its methods, but one runs it. */
interface CursorLoop extends Runnable {

  /** The name of its row in {@code messaging.subscription}. */
  String name();

  LoopState state();

  /** Position of the last event that it has done. */
  long position();

  /** Counts what it has done. */
  RateMeter meter();

  /** Why it does not run; null while it does. */
  @Nullable String lastError();

  /** Makes it look for work. */
  void wake();

  /** Makes it claim its cursor again, because the cursor was rewound. */
  void reclaim();

  /** Whether {@link #position()} is valid: no rewind waits for a new claim. */
  boolean knowsItsPosition();

  /** Stops it after its current step. */
  void stop();
}
