package dev.reserva.customers;

import dev.reserva.customers.adapters.messaging.CustomersMessages;
import dev.reserva.customers.adapters.postgres.PostgresCustomers;
import dev.reserva.customers.adapters.postgres.PostgresErasures;
import dev.reserva.customers.adapters.postgres.PostgresLinks;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.sealing.SubjectPersonalKeys;
import dev.reserva.customers.adapters.web.CurrentPassword;
import dev.reserva.customers.adapters.web.CustomerCommandsController;
import dev.reserva.customers.adapters.web.CustomerRecords;
import dev.reserva.customers.adapters.web.CustomersController;
import dev.reserva.customers.application.ChangeCustomer;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.customers.application.IssueLinks;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.PersonalKeys;
import dev.reserva.customers.application.ReactivateCustomer;
import dev.reserva.customers.application.RegisterCustomer;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/**
 * The wiring of the customers service. What is about customers themselves stands here; each other
 * topic has a configuration of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CustomersProperties.class)
@Import({
  AccountsConfiguration.class,
  StaffConfiguration.class,
  SessionsConfiguration.class,
  SecondFactorsConfiguration.class,
  OwnLoginConfiguration.class,
  ApiKeysConfiguration.class
})
public class CustomersConfiguration {

  @Bean
  ServiceSchema customersSchema() {
    return new ServiceSchema("customers");
  }

  @Bean
  Routes customersRoutes() {
    return Routes.of(
        Route.open(HttpMethod.POST, "/api/customers"),
        Route.of(HttpMethod.GET, "/api/customers", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.PUT, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.DELETE, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/customers/{id}/reactivate", Role.OPERATOR));
  }

  @Bean
  PersonalKeys personalKeys(SubjectKeys keys) {
    return new SubjectPersonalKeys(keys);
  }

  @Bean
  EraseCustomer eraseCustomer(PersonalKeys keys, EndSessions endingSessions) {
    return new EraseCustomer(
        new PostgresErasures(),
        new DeactivateCustomer(new PostgresCustomers(), new PostgresUsers(), endingSessions),
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
      IssueLinks issuingLinks,
      PersonalKeys keys,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    PostgresCustomers customers = new PostgresCustomers();
    return new CustomersController(
        commands,
        transactions,
        customers,
        new RegisterCustomer(customers, new PostgresUsers(), issuingLinks, keys, ids),
        passwordRules,
        passwords,
        trail,
        clock);
  }

  @Bean
  CustomerCommandsController customerCommandsController(
      Commands commands,
      CurrentPassword currentPassword,
      PasswordRules passwordRules,
      Passwords passwords,
      IssueLinks issuingLinks,
      EndSessions endingSessions,
      PersonalKeys keys,
      EraseCustomer erasing,
      AuditTrail trail,
      Clock clock) {
    PostgresCustomers customers = new PostgresCustomers();
    PostgresUsers users = new PostgresUsers();
    return new CustomerCommandsController(
        commands,
        customers,
        new ChangeCustomer(
            customers, users, new PostgresLinks(), issuingLinks, endingSessions, keys),
        new DeactivateCustomer(customers, users, endingSessions),
        new ReactivateCustomer(customers, users, new PostgresErasures()),
        erasing,
        currentPassword,
        passwordRules,
        passwords,
        trail,
        clock);
  }
}
