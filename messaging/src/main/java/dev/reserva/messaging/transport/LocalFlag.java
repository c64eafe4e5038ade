package dev.reserva.messaging.transport;

/**
 * A subscription's bit in the flags of events. It marks the events that the subscription handled in
 * their publishing transactions.
 *
 * @param number the subscription's bit, 0..{@value #MAX_NUMBER}; {@value #NONE} when the
 *     subscription has none and never handles events locally
 * @param from flags of events up to this position do not count, because a rewind delivers those
 *     events again
 */
public record LocalFlag(int number, long from) {

  /** Flags are an {@code integer} column; its sign bit is {@link ImportedFlag}. */
  public static final int MAX_NUMBER = 30;

  public static final int NONE = -1;

  /** The flag of a subscription that never handles events locally. */
  public static final LocalFlag ABSENT = new LocalFlag(NONE, 0);

  public LocalFlag {
    if (number < NONE || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "number must be %d..%d, was %d".formatted(NONE, MAX_NUMBER, number));
    }
  }

  public boolean exists() {
    return number != NONE;
  }

  /** The set of flags that holds this one only; 0 when there is none. */
  public int bit() {
    return exists() ? 1 << number : 0;
  }

  /** Whether the subscription handled the event at a position locally. */
  public boolean marks(long position, int flags) {
    return position > from && (flags & bit()) != 0;
  }
}
