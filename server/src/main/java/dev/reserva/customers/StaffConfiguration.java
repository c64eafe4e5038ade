package dev.reserva.customers;

import dev.reserva.customers.adapters.postgres.PostgresSecondFactors;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.web.UsersController;
import dev.reserva.customers.application.AppointAdmin;
import dev.reserva.customers.application.ChangeStaff;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.HireStaff;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.ResetStaffPassword;
import dev.reserva.customers.application.RevokeApiKeys;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.web.Commands;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires the logins of staff, and how the first administrator is appointed. */
@Configuration(proxyBeanMethods = false)
class StaffConfiguration {

  private static final String ADMIN_PASSWORD_FILE = "admin-password";
  private static final int ADMIN_PASSWORD_BYTES = 18;

  @Bean
  Routes staffRoutes() {
    return Routes.of(
        Route.of(HttpMethod.POST, "/api/users").forUsers(),
        Route.of(HttpMethod.GET, "/api/users"),
        Route.of(HttpMethod.PUT, "/api/users/{username}").forUsers(),
        Route.of(HttpMethod.DELETE, "/api/users/{username}").forUsers());
  }

  @Bean
  UsersController usersController(
      Commands commands,
      Transactions transactions,
      PasswordRules passwordRules,
      Passwords passwords,
      EndSessions endingSessions,
      RevokeApiKeys revokingKeys,
      Ids ids,
      Clock clock) {
    PostgresUsers users = new PostgresUsers();
    return new UsersController(
        commands,
        transactions,
        users,
        new HireStaff(users, new PostgresSecondFactors(), endingSessions, ids),
        new ChangeStaff(users, endingSessions, revokingKeys),
        passwordRules,
        passwords,
        clock);
  }

  @Bean
  RescueLogin rescueLogin(
      Transactions transactions,
      PasswordRules passwordRules,
      Passwords passwords,
      EndSessions endingSessions,
      Clock clock) {
    PostgresUsers users = new PostgresUsers();
    return new RescueLogin(
        transactions,
        users,
        new ResetStaffPassword(users, new PostgresSecondFactors(), endingSessions),
        passwordRules,
        passwords,
        StaffConfiguration::randomPassword,
        clock);
  }

  /** Runs before the web server accepts requests, so that the first request can log in. */
  @Bean
  SmartInitializingSingleton adminAppointed(
      Transactions transactions,
      PasswordRules passwordRules,
      Passwords passwords,
      SecurityProperties properties,
      DataFolder data,
      Ids ids,
      Clock clock) {
    AppointAdmin appointing =
        new AppointAdmin(new PostgresUsers(), passwords, transactions, ids, clock);
    return () -> appointing.appoint(() -> adminPassword(properties, data, passwordRules));
  }

  /**
   * @throws IllegalArgumentException if the configured one is not allowed
   */
  private static Password adminPassword(
      SecurityProperties properties, DataFolder data, PasswordRules rules) {
    String configured = properties.adminPassword();
    if (configured == null) {
      return rules.parse(data.secret(ADMIN_PASSWORD_FILE, StaffConfiguration::randomPassword));
    }
    try {
      return rules.parse(configured, AppointAdmin.ADMIN.value());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("reserva.security.admin-password: " + e.getMessage(), e);
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[ADMIN_PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
