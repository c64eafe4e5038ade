package dev.reserva.platform;

import dev.reserva.platform.audit.AuditConfiguration;
import dev.reserva.platform.backbone.BackboneConfiguration;
import dev.reserva.platform.backbone.BackboneProperties;
import dev.reserva.platform.brokers.BrokersConfiguration;
import dev.reserva.platform.brokers.KafkaProperties;
import dev.reserva.platform.brokers.MessagingProperties;
import dev.reserva.platform.brokers.RabbitProperties;
import dev.reserva.platform.database.DatabaseConfiguration;
import dev.reserva.platform.database.DatabaseProperties;
import dev.reserva.platform.events.EventsConfiguration;
import dev.reserva.platform.files.DataFolder;
import dev.reserva.platform.limits.LimitProperties;
import dev.reserva.platform.limits.LimitsConfiguration;
import dev.reserva.platform.openapi.OpenApiConfiguration;
import dev.reserva.platform.privacy.PrivacyConfiguration;
import dev.reserva.platform.privacy.PrivacyProperties;
import dev.reserva.platform.security.AuthorityConfiguration;
import dev.reserva.platform.security.AuthorityProperties;
import dev.reserva.platform.security.SecurityConfiguration;
import dev.reserva.platform.security.SecurityProperties;
import dev.reserva.platform.web.HttpProperties;
import dev.reserva.platform.web.WebConfiguration;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * All of the platform, which needs a database, for {@code Reserva} to import beside the services it
 * runs.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  ProcessConfiguration.class,
  DatabaseConfiguration.class,
  BackboneConfiguration.class,
  BrokersConfiguration.class,
  EventsConfiguration.class,
  AuditConfiguration.class,
  PrivacyConfiguration.class,
  AuthorityConfiguration.class,
  SecurityConfiguration.class,
  WebConfiguration.class,
  LimitsConfiguration.class,
  OpenApiConfiguration.class
})
public class PlatformConfiguration {

  /** The records that the platform's properties are bound to. */
  public static List<Class<? extends Record>> properties() {
    return List.of(
        DatabaseProperties.class,
        BackboneProperties.class,
        MessagingProperties.class,
        RabbitProperties.class,
        KafkaProperties.class,
        SecurityProperties.class,
        AuthorityProperties.class,
        HttpProperties.class,
        PrivacyProperties.class,
        LimitProperties.class);
  }

  /** {@code reserva.data}: the folder of the embedded database and of generated secrets. */
  @Bean
  DataFolder dataFolder(@Value("${reserva.data:data}") Path path) {
    return new DataFolder(path);
  }
}
