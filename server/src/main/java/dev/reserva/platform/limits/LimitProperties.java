package dev.reserva.platform.limits;

import dev.reserva.platform.settings.Allowed;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.http.limits.*}: requests per second unless said otherwise, 1..10,000,000. Ten
 * times as many may come at once.
 *
 * @param signUps registrations and requests to reset a password of one address, per hour; staff are
 *     exempt
 * @param anonymousReads of one address, without a token
 * @param anonymousWrites of one address, without a token: log-ins, webhooks of the provider
 * @param customerReads of one customer
 * @param customerWrites of one customer
 * @param staffRequests of one user of the staff, or one API key; a shop's back end is one such
 *     caller
 */
@ConfigurationProperties("reserva.http.limits")
public record LimitProperties(
    @DefaultValue("100") int signUps,
    @DefaultValue("100") int anonymousReads,
    @DefaultValue("50") int anonymousWrites,
    @DefaultValue("50") int customerReads,
    @DefaultValue("20") int customerWrites,
    @DefaultValue("50000") int staffRequests) {

  private static final int MOST = 10_000_000;

  public LimitProperties {
    Allowed.range("reserva.http.limits.sign-ups", signUps, 1, MOST);
    Allowed.range("reserva.http.limits.anonymous-reads", anonymousReads, 1, MOST);
    Allowed.range("reserva.http.limits.anonymous-writes", anonymousWrites, 1, MOST);
    Allowed.range("reserva.http.limits.customer-reads", customerReads, 1, MOST);
    Allowed.range("reserva.http.limits.customer-writes", customerWrites, 1, MOST);
    Allowed.range("reserva.http.limits.staff-requests", staffRequests, 1, MOST);
  }
}
