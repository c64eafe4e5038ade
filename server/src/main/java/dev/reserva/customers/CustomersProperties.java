package dev.reserva.customers;

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
    if (failedLoginsPerUser < 1) {
      throw new IllegalArgumentException(
          "failedLoginsPerUser must be at least 1, was " + failedLoginsPerUser);
    }
    if (loginsPerAddress < 1) {
      throw new IllegalArgumentException(
          "loginsPerAddress must be at least 1, was " + loginsPerAddress);
    }
  }
}
