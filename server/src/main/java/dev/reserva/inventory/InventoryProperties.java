package dev.reserva.inventory;

import dev.reserva.inventory.domain.AllocationStrategy;
import dev.reserva.inventory.domain.TimeToLive;
import dev.reserva.platform.settings.Allowed;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.inventory.*}
 *
 * @param reservationTtl how long an order's stock is held before it must be paid, 1 s to 24 h; also
 *     the default of {@code ttlSeconds}
 * @param expiryInterval how often is looked for reservations whose time is over, 10 ms to 1 day
 * @param expiryBatch most reservations that expire in one transaction, 1..5,000
 * @param allocationInterval how often orders that wait for stock are given what has arrived, 10 ms
 *     to 1 day
 * @param longestWait how long a paid order may wait for its stock, 1 hour to 10 years; then it is
 *     cancelled and refunded
 * @param allocation how the locations of an order are chosen where none can serve it whole: {@code
 *     priority} or {@code fewest-shipments}
 */
@ConfigurationProperties("reserva.inventory")
public record InventoryProperties(
    @DefaultValue("15m") Duration reservationTtl,
    @DefaultValue("1s") Duration expiryInterval,
    @DefaultValue("500") int expiryBatch,
    @DefaultValue("1s") Duration allocationInterval,
    @DefaultValue("180d") Duration longestWait,
    @DefaultValue("priority") AllocationStrategy allocation) {

  public InventoryProperties {
    Allowed.range(
        "reserva.inventory.reservation-ttl",
        reservationTtl,
        Duration.ofSeconds(1),
        Duration.ofSeconds(TimeToLive.MAX_SECONDS));
    Allowed.range(
        "reserva.inventory.expiry-interval",
        expiryInterval,
        Duration.ofMillis(10),
        Duration.ofDays(1));
    Allowed.range("reserva.inventory.expiry-batch", expiryBatch, 1, 5_000);
    Allowed.range(
        "reserva.inventory.allocation-interval",
        allocationInterval,
        Duration.ofMillis(10),
        Duration.ofDays(1));
    Allowed.range(
        "reserva.inventory.longest-wait", longestWait, Duration.ofHours(1), Duration.ofDays(3_650));
  }
}
