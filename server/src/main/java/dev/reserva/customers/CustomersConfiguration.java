package dev.reserva.customers;

import dev.reserva.customers.adapters.bcrypt.BcryptPasswords;
import dev.reserva.customers.adapters.messaging.CustomersMessages;
import dev.reserva.customers.adapters.postgres.PostgresCustomers;
import dev.reserva.customers.adapters.postgres.PostgresErasures;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.sealing.SubjectPersonalKeys;
import dev.reserva.customers.adapters.web.CustomerRecords;
import dev.reserva.customers.adapters.web.CustomersController;
import dev.reserva.customers.adapters.web.LoginLimits;
import dev.reserva.customers.adapters.web.TokenController;
import dev.reserva.customers.adapters.web.UsersController;
import dev.reserva.customers.adapters.zxcvbn.ZxcvbnCommonPasswords;
import dev.reserva.customers.application.AppointAdmin;
import dev.reserva.customers.application.ChangeCustomer;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.customers.application.HireStaff;
import dev.reserva.customers.application.LogIn;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.PersonalKeys;
import dev.reserva.customers.application.RegisterCustomer;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.security.Tokens;
import dev.reserva.platform.web.Commands;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** The wiring of the customers service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CustomersProperties.class)
public class CustomersConfiguration {

  private static final String ADMIN_PASSWORD_FILE = "admin-password";

  @Bean
  ServiceSchema customersSchema() {
    return new ServiceSchema("customers");
  }

  @Bean
  Routes customersRoutes() {
    return Routes.of(
        Route.open(HttpMethod.POST, "/api/auth/token"),
        Route.open(HttpMethod.POST, "/api/customers"),
        Route.of(HttpMethod.GET, "/api/customers", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.PUT, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.DELETE, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/users"),
        Route.of(HttpMethod.GET, "/api/users"),
        Route.of(HttpMethod.DELETE, "/api/users/{username}"));
  }

  @Bean
  Passwords passwords() {
    return new BcryptPasswords();
  }

  @Bean
  PasswordRules passwordRules() {
    return new PasswordRules(new ZxcvbnCommonPasswords());
  }

  @Bean
  PersonalKeys personalKeys(SubjectKeys keys) {
    return new SubjectPersonalKeys(keys);
  }

  @Bean
  EraseCustomer eraseCustomer(PersonalKeys keys) {
    return new EraseCustomer(
        new PostgresErasures(),
        new DeactivateCustomer(new PostgresCustomers(), new PostgresUsers()),
        keys);
  }

  @Bean
  PersonalRecords customerRecords() {
    return new CustomerRecords(new PostgresCustomers(), new PostgresUsers());
  }

  @Bean
  Subscription customersSubscription(EraseCustomer erasing) {
    return new CustomersMessages(erasing).subscription();
  }

  @Bean
  CustomersController customersController(
      Commands commands,
      Transactions transactions,
      PasswordRules passwordRules,
      Passwords passwords,
      PersonalKeys keys,
      EraseCustomer erasing,
      Ids ids,
      Clock clock) {
    PostgresCustomers customers = new PostgresCustomers();
    PostgresUsers users = new PostgresUsers();
    return new CustomersController(
        commands,
        transactions,
        customers,
        new RegisterCustomer(customers, users, keys, ids),
        new ChangeCustomer(customers, users, keys),
        new DeactivateCustomer(customers, users),
        erasing,
        passwordRules,
        passwords,
        clock);
  }

  @Bean
  UsersController usersController(
      Commands commands,
      Transactions transactions,
      PasswordRules passwordRules,
      Passwords passwords,
      Clock clock) {
    PostgresUsers users = new PostgresUsers();
    return new UsersController(
        commands, transactions, users, new HireStaff(users), passwordRules, passwords, clock);
  }

  @Bean
  TokenController tokenController(
      Transactions transactions,
      Passwords passwords,
      Tokens tokens,
      CustomersProperties properties,
      Clock clock) {
    return new TokenController(
        new LogIn(new PostgresUsers(), passwords, transactions),
        new LoginLimits(properties.failedLoginsPerUser(), properties.loginsPerAddress()),
        tokens,
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
      Clock clock) {
    AppointAdmin appointing = new AppointAdmin(new PostgresUsers(), passwords, transactions, clock);
    return () -> appointing.appoint(() -> adminPassword(properties, data, passwordRules));
  }

  /**
   * @throws IllegalArgumentException if the configured one is not allowed
   */
  private static Password adminPassword(
      SecurityProperties properties, DataFolder data, PasswordRules rules) {
    String configured = properties.adminPassword();
    if (configured == null) {
      return rules.parse(data.secret(ADMIN_PASSWORD_FILE, CustomersConfiguration::randomPassword));
    }
    try {
      return rules.parse(configured);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("reserva.security.admin-password: " + e.getMessage(), e);
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[18];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
