package dev.reserva.customers.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The authenticator of a user: time-based one-time codes of RFC 6238.
 *
 * <ul>
 *   <li>A code counts for its own time step of {@link #STEP}, and for the one before and after it,
 *       because clocks differ.
 *   <li>A code counts once: an accepted code ends its step and all earlier ones.
 *   <li>After {@value #FREE_TRIES} wrong codes in a row each further one doubles a pause, in which
 *       no code counts, up to {@link #LONGEST_PAUSE}. Somebody who knows the password and guesses
 *       codes for a year succeeds with a probability of 3 %. Recovery codes count in the pause,
 *       too, so that guesses never lock the owner out.
 * </ul>
 *
 * @param account whose it is
 * @param sealedSecret the secret that it shares with the app, encrypted
 * @param confirmedAt when the user showed that the app has the secret; absent until then, and it
 *     asks for nothing until then
 * @param lastStep number of the last time step of which a code was accepted
 * @param failed wrong codes since the last right one
 * @param pausedUntil no code counts before; absent if there is no pause
 */
public record SecondFactor(
    UUID account,
    String sealedSecret,
    @Nullable Instant confirmedAt,
    long lastStep,
    int failed,
    @Nullable Instant pausedUntil,
    Instant createdAt) {

  public static final Duration STEP = Duration.ofSeconds(30);

  static final int FREE_TRIES = 5;
  static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** Doubling reaches the longest pause long before. */
  private static final int MOST_DOUBLINGS = 20;

  private static final int TOLERATED_STEPS = 1;

  /** The codes that the app shows. */
  @FunctionalInterface
  public interface Codes {
    /**
     * @param step number of a time step since 1970
     */
    OneTimeCode at(long step);
  }

  /** What came of a code. */
  public sealed interface Check {
    /** It is right, and the next state knows that it was used. */
    record Right(SecondFactor next) implements Check {}

    /** It is wrong, and the next state counts it. */
    record Wrong(SecondFactor next) implements Check {}

    /** It was not looked at. Nothing changed. */
    record Paused(Instant until) implements Check {}
  }

  /** A second factor that asks for nothing yet. */
  public static SecondFactor begun(UUID account, String sealedSecret, Instant now) {
    return new SecondFactor(account, sealedSecret, null, -1, 0, null, now);
  }

  public boolean active() {
    return confirmedAt != null;
  }

  /** The state after the user showed a first right code. */
  public SecondFactor confirmed(Instant now) {
    return new SecondFactor(account, sealedSecret, now, lastStep, failed, pausedUntil, createdAt);
  }

  public Check check(OneTimeCode typed, Codes codes, Instant now) {
    if (pausedUntil != null && now.isBefore(pausedUntil)) {
      return new Check.Paused(pausedUntil);
    }
    long current = step(now);
    for (long step = current - TOLERATED_STEPS; step <= current + TOLERATED_STEPS; step++) {
      if (step > lastStep && equal(codes.at(step), typed)) {
        return new Check.Right(
            new SecondFactor(account, sealedSecret, confirmedAt, step, 0, null, createdAt));
      }
    }
    int wrong = failed == Integer.MAX_VALUE ? failed : failed + 1;
    return new Check.Wrong(
        new SecondFactor(
            account,
            sealedSecret,
            confirmedAt,
            lastStep,
            wrong,
            wrong < FREE_TRIES ? null : now.plus(pause(wrong)),
            createdAt));
  }

  /** The state after a recovery code: the owner is here, so wrong codes before do not count. */
  public SecondFactor recovered() {
    return new SecondFactor(account, sealedSecret, confirmedAt, lastStep, 0, null, createdAt);
  }

  /** The number of the time step since 1970. */
  public static long step(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), STEP.toSeconds());
  }

  private static Duration pause(int wrong) {
    int doublings = Math.min(wrong - FREE_TRIES, MOST_DOUBLINGS);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Takes the same time wherever they differ. */
  private static boolean equal(OneTimeCode one, OneTimeCode other) {
    return MessageDigest.isEqual(
        one.value().getBytes(StandardCharsets.US_ASCII),
        other.value().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public String toString() {
    return "SecondFactor[account=%s, confirmedAt=%s]".formatted(account, confirmedAt);
  }
}
