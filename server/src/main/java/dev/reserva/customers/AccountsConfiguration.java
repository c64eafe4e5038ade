package dev.reserva.customers;

import dev.reserva.customers.adapters.hashing.DelegatingPasswords;
import dev.reserva.customers.adapters.hmac.HmacLinkTokens;
import dev.reserva.customers.adapters.postgres.PostgresCustomers;
import dev.reserva.customers.adapters.postgres.PostgresLinks;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.web.AccountLinksController;
import dev.reserva.customers.adapters.web.CurrentPassword;
import dev.reserva.customers.adapters.web.LoginLimits;
import dev.reserva.customers.adapters.web.PasswordController;
import dev.reserva.customers.adapters.zxcvbn.ZxcvbnCommonPasswords;
import dev.reserva.customers.application.ChangePassword;
import dev.reserva.customers.application.ConfirmReset;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.IssueLinks;
import dev.reserva.customers.application.LinkTokens;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.ProvePassword;
import dev.reserva.customers.application.RequestReset;
import dev.reserva.customers.application.VerifyEmail;
import dev.reserva.customers.domain.ContextWords;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires passwords, and the links by which they are reset and addresses verified. */
@Configuration(proxyBeanMethods = false)
class AccountsConfiguration {

  @Bean
  Routes accountRoutes() {
    return Routes.of(
        Route.of(
                HttpMethod.POST, "/api/auth/password", Role.CUSTOMER, Role.OPERATOR, Role.WAREHOUSE)
            .forUsers(),
        Route.open(HttpMethod.POST, "/api/auth/password-reset"),
        Route.open(HttpMethod.POST, "/api/auth/password-reset/confirm"),
        Route.open(HttpMethod.POST, "/api/auth/verify-email"),
        Route.of(HttpMethod.GET, "/api/auth/links").forUsers());
  }

  @Bean
  Passwords passwords() {
    return new DelegatingPasswords();
  }

  @Bean
  PasswordRules passwordRules(CustomersProperties properties) {
    return new PasswordRules(
        new ZxcvbnCommonPasswords(), ContextWords.of(properties.contextWords()));
  }

  /** The key of links is derived from the secret of tokens: whoever may sign tokens may do all. */
  @Bean
  LinkTokens linkTokens(InstallationSecret secret) {
    return new HmacLinkTokens(secret.value());
  }

  @Bean
  IssueLinks issueLinks(CustomersProperties properties, Ids ids) {
    return new IssueLinks(
        new PostgresLinks(),
        ids,
        new IssueLinks.Lifetimes(properties.verificationLifetime(), properties.resetLifetime()));
  }

  @Bean
  CurrentPassword currentPassword(
      Passwords passwords, Transactions transactions, LoginLimits limits, AuditTrail trail) {
    return new CurrentPassword(
        new ProvePassword(new PostgresUsers(), passwords, transactions), limits, trail);
  }

  @Bean
  PasswordController passwordController(
      Commands commands,
      CurrentPassword currentPassword,
      PasswordRules passwordRules,
      Passwords passwords,
      EndSessions endingSessions,
      AuditTrail trail,
      Clock clock) {
    return new PasswordController(
        commands,
        currentPassword,
        new ChangePassword(new PostgresUsers(), new PostgresLinks(), endingSessions),
        passwordRules,
        passwords,
        trail,
        clock);
  }

  @Bean
  AccountLinksController accountLinksController(
      Commands commands,
      Transactions transactions,
      LinkTokens linkTokens,
      PasswordRules passwordRules,
      Passwords passwords,
      IssueLinks issuingLinks,
      EndSessions endingSessions,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    PostgresCustomers customers = new PostgresCustomers();
    PostgresUsers users = new PostgresUsers();
    PostgresLinks links = new PostgresLinks();
    return new AccountLinksController(
        commands,
        transactions,
        new RequestReset(customers, users, issuingLinks),
        new ConfirmReset(links, customers, users, endingSessions, ids),
        new VerifyEmail(links, customers),
        links,
        linkTokens,
        passwordRules,
        passwords,
        trail,
        clock);
  }
}
