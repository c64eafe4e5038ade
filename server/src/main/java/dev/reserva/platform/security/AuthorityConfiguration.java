package dev.reserva.platform.security;

import dev.reserva.messaging.Cause;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.Worker;
import dev.reserva.platform.audit.Actor;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.database.ServiceSchema;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/**
 * Wires what tokens are checked by: the logins in the database of this process, or another process
 * that has them.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthorityProperties.class)
public class AuthorityConfiguration {

  /** Whether another process has the logins. */
  public static final String URL = "reserva.security.authority.url";

  @Bean
  ServiceTokens serviceTokens(
      InstallationSecret secret, ObjectProvider<ServiceSchema> schemas, Clock clock) {
    return new ServiceTokens(
        secret,
        schemas.stream().map(ServiceSchema::name).sorted().collect(Collectors.joining(",")),
        clock);
  }

  @Bean
  Worker revocationsPolling(Revocations revocations) {
    return revocations.polling();
  }

  @Bean
  Worker revocationsForgetting(Revocations revocations) {
    return revocations.forgetting();
  }

  /** The database of this process has the logins. It answers other processes. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(LoginsHere.class)
  static class Here {

    @Bean
    SigningKeys signingKeys(
        SecurityProperties properties,
        InstallationSecret secret,
        Transactions transactions,
        AuditTrail trail,
        Ids ids,
        Clock clock) {
      return new SigningKeys(
          transactions,
          new TokenSecret(secret.value()),
          properties.keyRotation(),
          clock,
          System::nanoTime,
          (key, tx) ->
              trail.security(
                  SecurityEvent.of(
                          SecurityAction.SIGNING_KEY_PUBLISHED,
                          Actor.SYSTEM,
                          Cause.of(ids.next().toString()))
                      .about(key),
                  tx));
    }

    @Bean
    Worker signingKeyRotation(SigningKeys keys) {
      return keys.rotation();
    }

    @Bean
    PublishedKeys publishedKeys(SigningKeys keys) {
      return new PublishedKeys(keys);
    }

    @Bean
    Tokens tokens(SigningKeys keys, SecurityProperties properties) {
      return new Tokens(keys, properties.tokenLifetime());
    }

    @Bean
    RevocationTable revocationTable(Transactions transactions) {
      return new RevocationTable(transactions);
    }

    @Bean
    Revocations revocations(RevocationTable table, Clock clock) {
      return new Revocations(table, Duration.ZERO, clock, System::nanoTime);
    }

    @Bean
    TokenRevoker tokenRevoker(RevocationTable table, Revocations revocations, Clock clock) {
      return new TokenRevoker(table, revocations, clock);
    }

    @Bean
    Worker revocationsPurge(TokenRevoker revoker) {
      return revoker.purge();
    }

    @Bean
    ApiKeyTable apiKeyTable(Transactions transactions, TokenRevoker revoker) {
      return new ApiKeyTable(transactions, revoker);
    }

    @Bean
    TokenAuthority tokenAuthority(SigningKeys keys, ApiKeyTable apiKeys) {
      return new TokenAuthority("the database", keys, apiKeys);
    }

    @Bean
    AuthorityEndpoints authorityEndpoints(
        RevocationTable revocations, ApiKeyTable apiKeys, Clock clock) {
      return new AuthorityEndpoints(revocations, apiKeys, clock);
    }

    @Bean
    Routes authorityRoutes() {
      return Routes.of(
          Route.open(HttpMethod.GET, "/.well-known/jwks.json"),
          Route.internal(HttpMethod.GET, AuthorityEndpoints.REVOCATIONS),
          Route.internal(HttpMethod.POST, AuthorityEndpoints.API_KEY_USES));
    }
  }

  /** Another process has the logins, and is asked. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(LoginsElsewhere.class)
  static class Elsewhere {

    /** As for the keys of this system in a database of this process. */
    private static final Duration PAUSE = SigningKeys.PAUSE;

    @Bean
    AuthorityClient authorityClient(
        AuthorityProperties properties, ServiceTokens tokens, JsonMapper json) {
      return new AuthorityClient(Objects.requireNonNull(properties.url()), tokens, json);
    }

    @Bean
    Revocations revocations(AuthorityClient client, AuthorityProperties properties, Clock clock) {
      return new Revocations(client, properties.outage(), clock, System::nanoTime);
    }

    @Bean
    TokenAuthority tokenAuthority(AuthorityClient client, AuthorityProperties properties) {
      String url = Objects.requireNonNull(properties.url()).toString();
      return new TokenAuthority(
          "the process with the logins",
          new IssuerKeys(url, client, PAUSE, System::nanoTime),
          client);
    }
  }

  static final class LoginsElsewhere implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getEnvironment().containsProperty(URL);
    }
  }

  static final class LoginsHere implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return !context.getEnvironment().containsProperty(URL);
    }
  }
}
