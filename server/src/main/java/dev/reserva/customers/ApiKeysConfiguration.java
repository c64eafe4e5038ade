package dev.reserva.customers;

import dev.reserva.customers.adapters.apikeys.PlatformApiKeys;
import dev.reserva.customers.adapters.web.ApiKeysController;
import dev.reserva.customers.application.ApiKeys;
import dev.reserva.customers.application.MakeApiKey;
import dev.reserva.customers.application.RevokeApiKeys;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.security.ApiKeyTable;
import dev.reserva.platform.security.Route;
import dev.reserva.platform.security.Routes;
import dev.reserva.platform.web.Commands;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Wires API keys. */
@Configuration(proxyBeanMethods = false)
class ApiKeysConfiguration {

  @Bean
  Routes apiKeyRoutes() {
    return Routes.of(
        Route.of(HttpMethod.POST, "/api/api-keys").forUsers(),
        Route.of(HttpMethod.GET, "/api/api-keys").forUsers(),
        Route.of(HttpMethod.DELETE, "/api/api-keys/{id}").forUsers());
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
}
