package dev.reserva.messaging.transport;

/**
 * Marks an event that was imported from another log. It is the sign bit of the event's flags, which
 * no {@link LocalFlag} uses. The relay passes over marked events, so that no event travels on.
 */
public final class ImportedFlag {

  /** The set of flags that holds this one only. */
  public static final int BIT = Integer.MIN_VALUE;

  private ImportedFlag() {}

  /** Whether flags mark an event as imported. */
  public static boolean marks(int flags) {
    return flags < 0;
  }

  /** The other flags: one bit for each subscription that handled the event locally. */
  public static int without(int flags) {
    return flags & ~BIT;
  }
}
