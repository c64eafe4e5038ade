package dev.reserva.platform.security;

import dev.reserva.platform.settings.Allowed;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.security.authority.*}
 *
 * @param url of a process that runs customers and so has the logins; absent: the database of this
 *     process has them
 * @param outage while that process does not answer: how long tokens are accepted on what it said
 *     last, 2 seconds to 1 hour
 */
@ConfigurationProperties("reserva.security.authority")
public record AuthorityProperties(@Nullable URI url, @DefaultValue("1m") Duration outage) {

  private static final String PREFIX = "reserva.security.authority.";

  public AuthorityProperties {
    if (url != null && !url.toString().matches("https?://[^/?#@]+(/[^?#]*)?")) {
      throw new IllegalArgumentException(
          PREFIX + "url must be a URL like https://customers.example.org:8080, was " + url);
    }
    Allowed.range(PREFIX + "outage", outage, Duration.ofSeconds(2), Duration.ofHours(1));
  }
}
