package dev.reserva.notifications;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.adapters.mustache.BuiltInTemplates;
import dev.reserva.notifications.adapters.mustache.FolderTemplates;
import dev.reserva.notifications.adapters.mustache.MustacheRenderer;
import dev.reserva.notifications.adapters.postgres.PostgresTemplates;
import dev.reserva.notifications.adapters.web.TemplatesController;
import dev.reserva.notifications.application.Templates;
import dev.reserva.notifications.domain.Formats;
import dev.reserva.platform.web.Commands;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires where the words of messages come from. */
@Configuration(proxyBeanMethods = false)
class TemplatesConfiguration {

  @Bean
  Formats messageFormats(NotificationsProperties properties) {
    return new Formats(ZoneId.of(properties.zone()));
  }

  @Bean
  PostgresTemplates ownTemplates(Transactions transactions) {
    return new PostgresTemplates(transactions);
  }

  /** The folder's templates count before those of the program. */
  private static Templates given(NotificationsProperties properties) {
    String folder = properties.templates();
    return folder == null
        ? new BuiltInTemplates()
        : Templates.firstOf(List.of(new FolderTemplates(Path.of(folder)), new BuiltInTemplates()));
  }

  @Bean
  GivenTemplates givenTemplates(NotificationsProperties properties) {
    return new GivenTemplates(given(properties));
  }

  /** Those that are not the shop's own by the API. */
  record GivenTemplates(Templates templates) {}

  @Bean
  MustacheRenderer messageRenderer(PostgresTemplates own, GivenTemplates given) {
    return new MustacheRenderer(Templates.firstOf(List.of(own, given.templates())));
  }

  @Bean
  TemplatesController templatesController(
      PostgresTemplates own,
      GivenTemplates given,
      MustacheRenderer renderer,
      Formats formats,
      Transactions transactions,
      Commands commands) {
    return new TemplatesController(
        own, given.templates(), renderer, formats, transactions, commands);
  }
}
