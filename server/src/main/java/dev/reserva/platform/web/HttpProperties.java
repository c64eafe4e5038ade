package dev.reserva.platform.web;

import dev.reserva.platform.connections.ConnectionLimits;
import dev.reserva.platform.settings.Allowed;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code reserva.http.*}
 *
 * @param trustedProxies addresses and networks, such as {@code 10.0.0.0/8}, of proxies whose {@code
 *     X-Forwarded-For} is believed; of all others it is ignored
 * @param connectionsPerAddress most connections of one address at a time, 1..1,000,000; those of
 *     trusted proxies are not counted
 * @param headerTimeout how long the header of a request may take, 1 s to 10 min
 * @param bodyTimeout how long the body of a request may take, 1 s to 1 h
 * @param minBodyRate bytes per second that a body must arrive with on average, 0 to 1 MB
 */
@ConfigurationProperties("reserva.http")
public record HttpProperties(
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("1536") int connectionsPerAddress,
    @DefaultValue("10s") Duration headerTimeout,
    @DefaultValue("30s") Duration bodyTimeout,
    @DefaultValue("500B") DataSize minBodyRate) {

  public HttpProperties {
    trustedProxies = List.copyOf(trustedProxies);
    TrustedProxies.of(trustedProxies);
    Allowed.range("reserva.http.connections-per-address", connectionsPerAddress, 1, 1_000_000);
    Allowed.range(
        "reserva.http.header-timeout",
        headerTimeout,
        Duration.ofSeconds(1),
        Duration.ofMinutes(10));
    Allowed.range(
        "reserva.http.body-timeout", bodyTimeout, Duration.ofSeconds(1), Duration.ofHours(1));
    Allowed.range("reserva.http.min-body-rate", minBodyRate.toBytes(), 0, 1 << 20);
  }

  TrustedProxies proxies() {
    return TrustedProxies.of(trustedProxies);
  }

  ConnectionLimits connections() {
    return new ConnectionLimits(
        connectionsPerAddress,
        headerTimeout,
        bodyTimeout,
        minBodyRate.toBytes(),
        address -> ClientAddress.of(address).network(),
        proxies()::contains);
  }
}
