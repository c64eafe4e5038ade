package dev.reserva.logistics.domain;

import dev.reserva.contracts.Text;
import org.jspecify.annotations.Nullable;

/**
 * Who carries a shipment, as far as it was told.
 *
 * @param carrier 1..{@value #MAX_LENGTH} characters
 * @param trackingCode 1..{@value #MAX_LENGTH} characters
 */
public record Carriage(@Nullable String carrier, @Nullable String trackingCode) {

  public static final int MAX_LENGTH = 100;

  public static final Carriage UNTOLD = new Carriage(null, null);

  public static String carrier(String text) {
    return Text.line("carrier", text, 1, MAX_LENGTH);
  }

  public static String trackingCode(String text) {
    return Text.code("trackingCode", text, MAX_LENGTH);
  }

  /** Whether everything that is told here is the same there. */
  boolean agreesWith(Carriage other) {
    return (carrier == null || carrier.equals(other.carrier))
        && (trackingCode == null || trackingCode.equals(other.trackingCode));
  }
}
