package dev.reserva.webhooks;

import dev.reserva.platform.settings.Allowed;
import dev.reserva.webhooks.domain.AddressRules;
import dev.reserva.webhooks.domain.Network;
import dev.reserva.webhooks.domain.RetrySchedule;
import dev.reserva.webhooks.domain.UrlRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.webhooks.*}
 *
 * @param retries waits between the attempts of a delivery, at most {@value RetrySchedule#MAX_WAITS}
 *     of at most 7 d
 * @param timeout longest time of an attempt, 100 ms to 1 min
 * @param attemptsPerEndpoint most attempts at one endpoint at a time, 1 to 100
 * @param ports that a URL may have
 * @param plainHttp whether URLs may begin with http://
 * @param privateNetworks networks that are allowed although they are not public
 */
@ConfigurationProperties("reserva.webhooks")
public record WebhooksProperties(
    @DefaultValue({"5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
        List<Duration> retries,
    @DefaultValue("15s") Duration timeout,
    @DefaultValue("4") int attemptsPerEndpoint,
    @DefaultValue({"443", "8443"}) Set<Integer> ports,
    @DefaultValue("false") boolean plainHttp,
    @DefaultValue List<String> privateNetworks) {

  public WebhooksProperties {
    retries = List.copyOf(retries);
    ports = Set.copyOf(ports);
    privateNetworks = List.copyOf(privateNetworks);
    Allowed.range("number of reserva.webhooks.retries", retries.size(), 0, RetrySchedule.MAX_WAITS);
    for (Duration wait : retries) {
      Allowed.range("reserva.webhooks.retries", wait, Duration.ZERO, RetrySchedule.LONGEST);
    }
    Allowed.range(
        "reserva.webhooks.timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    Allowed.range("reserva.webhooks.attempts-per-endpoint", attemptsPerEndpoint, 1, 100);
    for (int port : ports) {
      Allowed.range("reserva.webhooks.ports", port, 1, 65_535);
    }
    for (String network : privateNetworks) {
      try {
        Network.parse(network);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "reserva.webhooks.private-networks " + e.getMessage(), e);
      }
    }
  }

  UrlRules urls() {
    return new UrlRules(
        plainHttp, ports, new AddressRules(privateNetworks.stream().map(Network::parse).toList()));
  }
}
