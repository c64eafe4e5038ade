package dev.reserva.inventory.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether orders of a product may wait for stock that has not arrived.
 *
 * @param limit most units that may be waited for at a time, 1 or more; absent for no limit
 * @param expectedAt when the stock is expected, to the microsecond, in the years 2000..2199. A
 *     preorder has one: it is the release
 */
public record Backorder(Policy policy, @Nullable Integer limit, @Nullable Instant expectedAt) {

  public static final Backorder DENIED = new Backorder(Policy.DENY, null, null);

  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("2200-01-01T00:00:00Z");

  public Backorder {
    if (policy == Policy.DENY && limit != null) {
      throw new IllegalArgumentException("limit goes with the policies backorder and preorder");
    }
    if (policy == Policy.DENY && expectedAt != null) {
      throw new IllegalArgumentException(
          "expectedAt goes with the policies backorder and preorder");
    }
    if (policy == Policy.PREORDER && expectedAt == null) {
      throw new IllegalArgumentException("expectedAt is required for the policy preorder");
    }
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more, was " + limit);
    }
    if (expectedAt != null) {
      if (expectedAt.isBefore(EARLIEST) || !expectedAt.isBefore(TOO_LATE)) {
        throw new IllegalArgumentException(
            "expectedAt must be in the years 2000..2199, was " + expectedAt);
      }
      expectedAt = expectedAt.truncatedTo(ChronoUnit.MICROS);
    }
  }

  /** What happens to an order when stock is short. The names stand in the database and the API. */
  public enum Policy {
    /** It gets nothing. */
    DENY,
    /** It waits. */
    BACKORDER,
    /** Until the release every order waits, in stock or not. From then on as {@link #DENY}. */
    PREORDER;

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is no such policy
     */
    public static Policy ofWire(String text) {
      for (Policy policy : values()) {
        if (policy.wire().equals(text)) {
          return policy;
        }
      }
      throw new IllegalArgumentException("policy must be deny, backorder or preorder");
    }
  }

  /** Whether the stock of the product is kept for its release. */
  public boolean isBeforeRelease(Instant now) {
    return policy == Policy.PREORDER && now.isBefore(Objects.requireNonNull(expectedAt));
  }

  /**
   * Whether an order may wait for stock.
   *
   * @param awaited units that other orders wait for
   */
  boolean allows(int quantity, int awaited, Instant now) {
    return switch (policy) {
      case DENY -> false;
      case BACKORDER -> isWithinLimit(quantity, awaited);
      case PREORDER -> isBeforeRelease(now) && isWithinLimit(quantity, awaited);
    };
  }

  private boolean isWithinLimit(int quantity, int awaited) {
    return (long) awaited + quantity <= (limit == null ? Integer.MAX_VALUE : limit);
  }
}
