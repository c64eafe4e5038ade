package dev.reserva.messaging;

import java.util.UUID;

/**
 * Ids of events that somebody published by hand. Such an id is a UUIDv8 with the bits of a UUIDv7,
 * so it sorts by time as the others do, and every database that gets the event can tell what it is.
 */
public final class ManualIds {

  private static final int VERSION = 8;
  private static final long VERSION_BITS = 0xF000L;

  private ManualIds() {}

  /** The id by which an event that would have the given one is an event by hand. */
  public static UUID mark(UUID id) {
    return new UUID(
        (id.getMostSignificantBits() & ~VERSION_BITS) | ((long) VERSION << 12),
        id.getLeastSignificantBits());
  }

  /** Whether the event with this id was published by hand. */
  public static boolean isMarked(UUID id) {
    return id.version() == VERSION;
  }
}
