package dev.reserva.messaging.transport;

/**
 * How a subscription recognises an event that it has handled already, in the transaction that
 * published it: its bit in the event's set of flags.
 *
 * @param number the subscription's bit, 0..{@value #MAX_NUMBER}; {@value #NONE} when the
 *     subscription has none and never handles events locally
 * @param from flags of events at this position or before do not count: a rewind has asked for those
 *     events again
 */
public record LocalFlag(int number, long from) {

  /** Flags are an {@code integer} column; its sign bit stays unused. */
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

  /** Whether the event at a position took effect when it was published. */
  public boolean marks(long position, int flags) {
    return position > from && (flags & bit()) != 0;
  }
}
