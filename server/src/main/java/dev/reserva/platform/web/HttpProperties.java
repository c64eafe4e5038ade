package dev.reserva.platform.web;

import dev.reserva.platform.connections.ConnectionLimits;
import dev.reserva.platform.settings.Allowed;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code reserva.http.*}
 *
 * @param bindAddress IP address to listen on; absent: all addresses of the machine
 * @param tls by which the server speaks HTTPS instead of HTTP
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
    @Nullable String bindAddress,
    @DefaultValue Tls tls,
    @DefaultValue List<String> trustedProxies,
    @DefaultValue("1536") int connectionsPerAddress,
    @DefaultValue("10s") Duration headerTimeout,
    @DefaultValue("30s") Duration bodyTimeout,
    @DefaultValue("500B") DataSize minBodyRate) {

  public HttpProperties {
    bindAddress = absentIfBlank(bindAddress);
    if (bindAddress != null) {
      InetAddress _ = literal(bindAddress);
    }
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

  /**
   * Both or none are given.
   *
   * @param certificate PEM file: the server's certificate, then those of the authorities between it
   *     and a known one
   * @param key PEM file with the certificate's private key
   */
  public record Tls(@Nullable String certificate, @Nullable String key) {
    public Tls {
      certificate = absentIfBlank(certificate);
      key = absentIfBlank(key);
      if (certificate == null != (key == null)) {
        throw new IllegalArgumentException(
            "reserva.http.tls.%s must be set together with reserva.http.tls.%s"
                .formatted(
                    certificate == null ? "certificate" : "key",
                    certificate == null ? "key" : "certificate"));
      }
      requireReadable("reserva.http.tls.certificate", certificate);
      requireReadable("reserva.http.tls.key", key);
    }

    /** Whether the server speaks HTTPS. */
    public boolean isOn() {
      return certificate != null;
    }
  }

  /** Whether other machines can reach the server. */
  public boolean isOpenToOthers() {
    return bindAddress == null || !literal(bindAddress).isLoopbackAddress();
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

  private static InetAddress literal(String address) {
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "reserva.http.bind-address must be an IP address such as 127.0.0.1 or ::, was "
              + address);
    }
  }

  private static void requireReadable(String property, @Nullable String file) {
    if (file != null && !Files.isReadable(Path.of(file))) {
      throw new IllegalArgumentException(
          "%s must be a file that can be read, was %s".formatted(property, file));
    }
  }

  private static @Nullable String absentIfBlank(@Nullable String value) {
    return value == null || value.isBlank() ? null : value;
  }
}
