package dev.reserva.customers;

import dev.reserva.customers.adapters.apikeys.PlatformApiKeys;
import dev.reserva.customers.adapters.hashing.DelegatingPasswords;
import dev.reserva.customers.adapters.hmac.HmacLinkTokens;
import dev.reserva.customers.adapters.messaging.CustomersMessages;
import dev.reserva.customers.adapters.otp.OtpAuthenticators;
import dev.reserva.customers.adapters.postgres.PostgresCustomers;
import dev.reserva.customers.adapters.postgres.PostgresErasures;
import dev.reserva.customers.adapters.postgres.PostgresLinks;
import dev.reserva.customers.adapters.postgres.PostgresSecondFactors;
import dev.reserva.customers.adapters.postgres.PostgresSessions;
import dev.reserva.customers.adapters.postgres.PostgresUsers;
import dev.reserva.customers.adapters.sealing.SubjectPersonalKeys;
import dev.reserva.customers.adapters.tokens.RevokedTokens;
import dev.reserva.customers.adapters.web.AccountController;
import dev.reserva.customers.adapters.web.ApiKeysController;
import dev.reserva.customers.adapters.web.CurrentPassword;
import dev.reserva.customers.adapters.web.CustomerRecords;
import dev.reserva.customers.adapters.web.CustomersController;
import dev.reserva.customers.adapters.web.LoginLimits;
import dev.reserva.customers.adapters.web.LoginTrail;
import dev.reserva.customers.adapters.web.SecondFactorController;
import dev.reserva.customers.adapters.web.SecondFactorGate;
import dev.reserva.customers.adapters.web.SessionController;
import dev.reserva.customers.adapters.web.TokenController;
import dev.reserva.customers.adapters.web.UsersController;
import dev.reserva.customers.adapters.zxcvbn.ZxcvbnCommonPasswords;
import dev.reserva.customers.application.ApiKeys;
import dev.reserva.customers.application.AppointAdmin;
import dev.reserva.customers.application.Authenticators;
import dev.reserva.customers.application.BeginSecondFactor;
import dev.reserva.customers.application.ChangeCustomer;
import dev.reserva.customers.application.ChangePassword;
import dev.reserva.customers.application.ChangeStaff;
import dev.reserva.customers.application.ConfirmReset;
import dev.reserva.customers.application.ConfirmSecondFactor;
import dev.reserva.customers.application.DeactivateCustomer;
import dev.reserva.customers.application.EndSession;
import dev.reserva.customers.application.EndSessions;
import dev.reserva.customers.application.EraseCustomer;
import dev.reserva.customers.application.HireStaff;
import dev.reserva.customers.application.IssueLinks;
import dev.reserva.customers.application.LinkTokens;
import dev.reserva.customers.application.LogIn;
import dev.reserva.customers.application.MakeApiKey;
import dev.reserva.customers.application.PasswordRules;
import dev.reserva.customers.application.Passwords;
import dev.reserva.customers.application.PersonalKeys;
import dev.reserva.customers.application.ProvePassword;
import dev.reserva.customers.application.ProveSecondFactor;
import dev.reserva.customers.application.ReactivateCustomer;
import dev.reserva.customers.application.RefreshSession;
import dev.reserva.customers.application.RegisterCustomer;
import dev.reserva.customers.application.RemoveSecondFactor;
import dev.reserva.customers.application.RequestReset;
import dev.reserva.customers.application.ResetStaffPassword;
import dev.reserva.customers.application.RevokeApiKeys;
import dev.reserva.customers.application.StartSession;
import dev.reserva.customers.application.VerifyEmail;
import dev.reserva.customers.domain.ContextWords;
import dev.reserva.customers.domain.Password;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.database.ServiceSchema;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.privacy.SubjectKeys;
import dev.reserva.platform.security.ApiKeyTable;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.security.Revocations;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.security.SecurityProperties.SecondFactorPolicy;
import dev.reserva.platform.security.Tokens;
import dev.reserva.platform.web.Commands;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;

/** The wiring of the customers service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CustomersProperties.class)
@Import(OwnLoginConfiguration.class)
public class CustomersConfiguration {

  private static final String ADMIN_PASSWORD_FILE = "admin-password";
  private static final Duration SESSION_PURGE_INTERVAL = Duration.ofMinutes(10);
  private static final int SESSION_PURGE_BATCH = 1_000;
  private static final int ADMIN_PASSWORD_BYTES = 18;

  @Bean
  ServiceSchema customersSchema() {
    return new ServiceSchema("customers");
  }

  @Bean
  Routes customersRoutes() {
    return Routes.of(
        Route.open(HttpMethod.POST, "/api/auth/token"),
        Route.open(HttpMethod.POST, "/api/auth/refresh"),
        Route.of(HttpMethod.POST, "/api/auth/logout", Role.CUSTOMER, Role.OPERATOR, Role.WAREHOUSE)
            .forEnrolling(),
        Route.of(
                HttpMethod.POST,
                "/api/auth/logout-everywhere",
                Role.CUSTOMER,
                Role.OPERATOR,
                Role.WAREHOUSE)
            .forEnrolling(),
        Route.open(HttpMethod.POST, "/api/customers"),
        Route.of(HttpMethod.GET, "/api/customers", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.GET, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.PUT, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.DELETE, "/api/customers/{id}", Role.CUSTOMER, Role.OPERATOR),
        Route.of(HttpMethod.POST, "/api/customers/{id}/reactivate", Role.OPERATOR),
        Route.of(
                HttpMethod.POST, "/api/auth/password", Role.CUSTOMER, Role.OPERATOR, Role.WAREHOUSE)
            .forUsers(),
        Route.open(HttpMethod.POST, "/api/auth/password-reset"),
        Route.open(HttpMethod.POST, "/api/auth/password-reset/confirm"),
        Route.open(HttpMethod.POST, "/api/auth/verify-email"),
        Route.of(HttpMethod.GET, "/api/auth/links").forUsers(),
        Route.of(HttpMethod.POST, "/api/users").forUsers(),
        Route.of(HttpMethod.GET, "/api/users"),
        Route.of(HttpMethod.PUT, "/api/users/{username}").forUsers(),
        Route.of(HttpMethod.DELETE, "/api/users/{username}").forUsers());
  }

  @Bean
  Routes secondFactorRoutes() {
    String own = "/api/auth/second-factor";
    return Routes.of(
        Route.of(HttpMethod.GET, own, Role.OPERATOR, Role.WAREHOUSE).forEnrolling(),
        Route.of(HttpMethod.POST, own, Role.OPERATOR, Role.WAREHOUSE).forEnrolling(),
        Route.of(HttpMethod.POST, own + "/confirm", Role.OPERATOR, Role.WAREHOUSE).forEnrolling(),
        Route.of(HttpMethod.POST, own + "/disable", Role.OPERATOR, Role.WAREHOUSE).forUsers(),
        Route.of(HttpMethod.DELETE, "/api/users/{username}/second-factor").forUsers());
  }

  @Bean
  Routes apiKeyRoutes() {
    return Routes.of(
        Route.of(HttpMethod.POST, "/api/api-keys").forUsers(),
        Route.of(HttpMethod.GET, "/api/api-keys").forUsers(),
        Route.of(HttpMethod.DELETE, "/api/api-keys/{id}").forUsers());
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

  @Bean
  EndSessions endSessions(Revocations revocations) {
    return new EndSessions(
        new PostgresUsers(), new PostgresSessions(), new RevokedTokens(revocations));
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
      CurrentPassword currentPassword,
      PasswordRules passwordRules,
      Passwords passwords,
      IssueLinks issuingLinks,
      EndSessions endingSessions,
      PersonalKeys keys,
      EraseCustomer erasing,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    PostgresCustomers customers = new PostgresCustomers();
    PostgresUsers users = new PostgresUsers();
    return new CustomersController(
        commands,
        transactions,
        customers,
        new RegisterCustomer(customers, users, issuingLinks, keys, ids),
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

  @Bean
  AccountController accountController(
      Commands commands,
      Transactions transactions,
      CurrentPassword currentPassword,
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
    return new AccountController(
        commands,
        transactions,
        currentPassword,
        new ChangePassword(users, links, endingSessions),
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
  LogIn logIn(Transactions transactions, Passwords passwords) {
    return new LogIn(new PostgresUsers(), passwords, transactions);
  }

  @Bean
  LoginLimits loginLimits(CustomersProperties properties) {
    return new LoginLimits(
        properties.failedLoginsPerUser(),
        properties.loginsPerAddress(),
        properties.longestLoginDelay(),
        System::nanoTime);
  }

  @Bean
  TokenController tokenController(
      Transactions transactions,
      LogIn loggingIn,
      LoginLimits limits,
      SecondFactorGate secondFactors,
      Tokens tokens,
      SecurityProperties security,
      Ids ids,
      AuditTrail trail,
      Clock clock) {
    return new TokenController(
        transactions,
        loggingIn,
        new StartSession(
            new PostgresUsers(),
            new PostgresSessions(),
            ids,
            new SecureRandom(),
            security.refreshTokenLifetime()),
        limits,
        secondFactors,
        new LoginTrail(trail, new PostgresUsers(), transactions),
        tokens,
        clock);
  }

  @Bean
  Authenticators authenticators(InstallationSecret secret) {
    return new OtpAuthenticators(secret.sealing("secrets of authenticators"));
  }

  @Bean
  SecondFactorGate secondFactorGate(
      Authenticators authenticators,
      Transactions transactions,
      SecurityProperties properties,
      Clock clock) {
    PostgresSecondFactors factors = new PostgresSecondFactors();
    return new SecondFactorGate(
        new ProveSecondFactor(factors, authenticators),
        factors,
        transactions,
        properties.staffSecondFactor() == SecondFactorPolicy.REQUIRED,
        clock);
  }

  @Bean
  SecondFactorController secondFactorController(
      Commands commands,
      AuditTrail trail,
      Transactions transactions,
      LogIn loggingIn,
      LoginLimits limits,
      SecondFactorGate gate,
      Authenticators authenticators,
      EndSessions endingSessions,
      Clock clock) {
    PostgresSecondFactors factors = new PostgresSecondFactors();
    return new SecondFactorController(
        commands,
        trail,
        transactions,
        new PostgresUsers(),
        factors,
        loggingIn,
        limits,
        gate,
        new BeginSecondFactor(factors, authenticators),
        new ConfirmSecondFactor(factors, authenticators, endingSessions, new SecureRandom()),
        new RemoveSecondFactor(factors, endingSessions),
        clock);
  }

  @Bean
  ApiKeys apiKeys(ApiKeyTable table) {
    return new PlatformApiKeys(table);
  }

  @Bean
  RevokeApiKeys revokeApiKeys(ApiKeys keys) {
    return new RevokeApiKeys(keys);
  }

  @Bean
  ApiKeysController apiKeysController(
      Commands commands,
      AuditTrail trail,
      Transactions transactions,
      ApiKeys keys,
      RevokeApiKeys revokingKeys,
      Ids ids,
      Clock clock) {
    return new ApiKeysController(
        commands,
        trail,
        transactions,
        keys,
        new MakeApiKey(keys, ids, new SecureRandom()),
        revokingKeys,
        clock);
  }

  @Bean
  SessionController sessionController(
      Transactions transactions,
      SecondFactorGate secondFactors,
      EndSessions endingSessions,
      Revocations revocations,
      Tokens tokens,
      AuditTrail trail,
      Clock clock) {
    PostgresSessions sessions = new PostgresSessions();
    EndSession endingSession = new EndSession(sessions, new RevokedTokens(revocations));
    return new SessionController(
        transactions,
        new RefreshSession(new PostgresUsers(), sessions, endingSession, new SecureRandom()),
        secondFactors,
        endingSession,
        endingSessions,
        tokens,
        trail,
        clock);
  }

  @Bean
  Worker sessionPurge(Transactions transactions, Clock clock) {
    PostgresSessions sessions = new PostgresSessions();
    return new Worker(
        "customers.session-purge",
        SESSION_PURGE_INTERVAL,
        () ->
            transactions.call(
                    tx -> sessions.deleteExpired(clock.instant(), SESSION_PURGE_BATCH, tx))
                == SESSION_PURGE_BATCH);
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
        CustomersConfiguration::randomPassword,
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
      return rules.parse(data.secret(ADMIN_PASSWORD_FILE, CustomersConfiguration::randomPassword));
    }
    try {
      return rules.parse(configured, AppointAdmin.ADMIN.value());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("reserva.security.admin-password: " + e.getMessage(), e);
    }
  }

  private static String randomPassword() {
    return randomText(ADMIN_PASSWORD_BYTES);
  }

  private static String randomText(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
