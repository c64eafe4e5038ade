package dev.reserva.customers;

import dev.reserva.platform.settings.Allowed;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.customers.*}
 *
 * @param failedLoginsPerUser per minute for one user from one address, at least 1
 * @param loginsPerAddress per minute from one address, successful or not, at least 1; the staff of
 *     a shop may share an address
 */
@ConfigurationProperties("reserva.customers")
public record CustomersProperties(
    @DefaultValue("10") int failedLoginsPerUser, @DefaultValue("300") int loginsPerAddress) {

  public CustomersProperties {
    Allowed.atLeast("reserva.customers.failed-logins-per-user", failedLoginsPerUser, 1);
    Allowed.atLeast("reserva.customers.logins-per-address", loginsPerAddress, 1);
  }
}
