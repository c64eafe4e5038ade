package dev.reserva.platform.privacy;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.security.LoginsProcess;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** Wires the keys and the export. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacyProperties.class)
public class PrivacyConfiguration {

  private static final String SECRET_FILE = "privacy-secret";

  @Bean
  MasterKeys masterKeys(PrivacyProperties properties, DataFolder data) {
    String configured = properties.secret();
    return new MasterKeys(
        configured == null
            ? data.secret(SECRET_FILE, PrivacyConfiguration::randomSecret)
            : configured,
        properties.formerSecrets());
  }

  @Bean
  PaymentTokens paymentTokens(MasterKeys keys) {
    return new PaymentTokens(keys);
  }

  @Bean
  SubjectKeys subjectKeys(MasterKeys keys) {
    return new SubjectKeys(keys);
  }

  /** Runs before the web server accepts requests. */
  @Bean
  SmartInitializingSingleton privacySecretChecked(MasterKeys keys, Transactions transactions) {
    return new SecretCheck(keys, transactions)::run;
  }

  @Bean
  Export export(
      ObjectProvider<PersonalRecords> services, Transactions transactions, JsonMapper json) {
    return new Export(services.orderedStream().toList(), transactions, json);
  }

  @Bean
  ExportController exportController(Export export, Members members, AuditTrail trail, Clock clock) {
    return new ExportController(export, members, trail, clock);
  }

  @Bean
  ExportEndpoint exportEndpoint(Export export) {
    return new ExportEndpoint(export);
  }

  /** Where another process has the logins, it has the customers' keys, too. */
  @Bean
  PersonalTexts personalTexts(
      SubjectKeys keys, Transactions transactions, ObjectProvider<LoginsProcess> elsewhere) {
    LoginsProcess process = elsewhere.getIfAvailable();
    return process == null
        ? new OwnPersonalTexts(keys, transactions)
        : new PersonalTextsElsewhere(process);
  }

  @Bean
  PersonalTextsEndpoint personalTextsEndpoint(SubjectKeys keys, Transactions transactions) {
    return new PersonalTextsEndpoint(new OwnPersonalTexts(keys, transactions));
  }

  @Bean
  Routes privacyRoutes() {
    return Routes.of(
        Route.of(HttpMethod.GET, "/api/customers/{id}/export", Role.CUSTOMER, Role.OPERATOR),
        Route.internal(HttpMethod.GET, ExportEndpoint.ROUTE),
        Route.internal(HttpMethod.POST, PersonalTextsEndpoint.PATH));
  }

  private static String randomSecret() {
    byte[] bytes = new byte[48];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
