package dev.reserva.platform.listen;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Part of {@code reserva.http.*}
 *
 * @param bindAddress IP address to listen on; absent: all addresses of the machine
 * @param tls by which the server speaks HTTPS instead of HTTP
 */
@ConfigurationProperties("reserva.http")
public record ListenProperties(@Nullable String bindAddress, @DefaultValue Tls tls) {

  public ListenProperties {
    bindAddress = absentIfBlank(bindAddress);
    if (bindAddress != null) {
      InetAddress _ = literal(bindAddress);
    }
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

    boolean isOn() {
      return certificate != null;
    }
  }

  /** Whether other machines can reach the server. */
  boolean isOpenToOthers() {
    return bindAddress == null || !literal(bindAddress).isLoopbackAddress();
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
