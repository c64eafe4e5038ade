package dev.reserva.inventory;

import dev.reserva.inventory.domain.TimeToLive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.inventory.*}
 *
 * @param reservationTtl how long an order's stock is held before it must be paid, 1 s to 24 h; also
 *     the default of {@code ttlSeconds}
 * @param expiryInterval how often is looked for reservations whose time is over, at least 10 ms
 * @param expiryBatch most reservations that expire in one transaction, 1..5,000
 */
@ConfigurationProperties("reserva.inventory")
public record InventoryProperties(
    @DefaultValue("15m") Duration reservationTtl,
    @DefaultValue("1s") Duration expiryInterval,
    @DefaultValue("500") int expiryBatch) {

  public InventoryProperties {
    if (reservationTtl.toSeconds() < 1 || reservationTtl.toSeconds() > TimeToLive.MAX_SECONDS) {
      throw new IllegalArgumentException(
          "reserva.inventory.reservation-ttl must be 1s..24h, was " + reservationTtl);
    }
    if (expiryInterval.toMillis() < 10) {
      throw new IllegalArgumentException(
          "reserva.inventory.expiry-interval must be 10ms or more, was " + expiryInterval);
    }
    if (expiryBatch < 1 || expiryBatch > 5_000) {
      throw new IllegalArgumentException(
          "reserva.inventory.expiry-batch must be 1..5000, was " + expiryBatch);
    }
  }
}
