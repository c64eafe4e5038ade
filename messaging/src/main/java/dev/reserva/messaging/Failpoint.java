package dev.reserva.messaging;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A place where a test can make the process die as by {@code kill -9}. At each of them a crash
 * leaves much work for recovery.
 *
 * <p>At most one is armed, by the system property {@value #PROPERTY} at the start, as {@code
 * NAME@N}. Its Nth {@link #hit} writes a line to standard error and halts the process with status
 * {@value #STATUS}, without shutdown hooks. If none is armed, {@link #hit} compares a constant and
 * returns.
 */
public enum Failpoint {
  /** Effects and events are written; nothing is committed. */
  AFTER_EFFECT_BEFORE_COMMIT,
  /** The commit is durable; no reader and no caller in this process knows of it. */
  AFTER_COMMIT_BEFORE_WAKE_UP,
  /** Local handlers have run; nothing is appended. */
  AFTER_LOCAL_DELIVERY_BEFORE_APPEND,
  /** A local handler failed; its transaction is rolled back and has not run again. */
  AFTER_LOCAL_FAILURE_BEFORE_RERUN,
  /** The payment provider has answered; the answer is not recorded. */
  AFTER_PROVIDER_CALL_BEFORE_RECORD;

  public static final String PROPERTY = "reserva.failpoint";

  /** Exit status of a process that died at its failpoint. */
  public static final int STATUS = 86;

  private static final @Nullable Armed ARMED = Armed.of(System.getProperty(PROPERTY));

  private record Armed(Failpoint point, long hit, AtomicLong hits) {

    static @Nullable Armed of(@Nullable String setting) {
      if (setting == null) {
        return null;
      }
      int at = setting.indexOf('@');
      if (at < 0) {
        throw new IllegalArgumentException(
            "%s must be NAME@N, was %s".formatted(PROPERTY, setting));
      }
      long hit = Long.parseLong(setting.substring(at + 1));
      return new Armed(valueOf(setting.substring(0, at)), hit, new AtomicLong());
    }
  }

  /** Halts the process if this failpoint is armed and this is its Nth hit. */
  public void hit() {
    Armed armed = ARMED;
    if (armed != null && armed.point == this && armed.hits.incrementAndGet() == armed.hit) {
      System.err.println("failpoint " + this + " hit " + armed.hit + ", halting");
      Runtime.getRuntime().halt(STATUS);
    }
  }
}
