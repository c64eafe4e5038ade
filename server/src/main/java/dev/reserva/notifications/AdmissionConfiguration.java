package dev.reserva.notifications;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.adapters.postgres.PostgresAllowances;
import dev.reserva.notifications.adapters.postgres.PostgresBounces;
import dev.reserva.notifications.adapters.postgres.PostgresPreferences;
import dev.reserva.notifications.adapters.sealing.SignedLinks;
import dev.reserva.notifications.adapters.web.BouncesController;
import dev.reserva.notifications.adapters.web.NotificationRoutes;
import dev.reserva.notifications.adapters.web.PreferenceRecords;
import dev.reserva.notifications.adapters.web.PreferencesController;
import dev.reserva.notifications.adapters.web.UnsubscribeController;
import dev.reserva.notifications.application.AdmitMessages;
import dev.reserva.notifications.application.Allowances;
import dev.reserva.notifications.application.Bounces;
import dev.reserva.notifications.application.Fingerprints;
import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.application.UnsubscribeLinks;
import dev.reserva.platform.privacy.PersonalRecords;
import dev.reserva.platform.security.InstallationSecret;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Forms;
import java.time.ZoneId;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what decides whether a message is sent: choices, quiet hours, bounces and counts. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {

  @Bean
  Preferences notificationPreferences() {
    return new PostgresPreferences();
  }

  @Bean
  Bounces notificationBounces() {
    return new PostgresBounces();
  }

  @Bean
  Allowances notificationAllowances() {
    return new PostgresAllowances();
  }

  @Bean
  UnsubscribeLinks unsubscribeLinks(InstallationSecret secret, NotificationsProperties properties) {
    String url = properties.publicUrl();
    return new SignedLinks(
        secret.value(),
        url == null ? null : url + UnsubscribeController.PATH.replace("{token}", ""));
  }

  @Bean
  AdmitMessages admitMessages(
      Bounces bounces,
      Allowances allowances,
      Fingerprints fingerprints,
      Transactions transactions,
      NotificationsProperties properties) {
    return new AdmitMessages(
        bounces,
        allowances,
        fingerprints,
        transactions,
        new AdmitMessages.Rules(
            properties.quietHours().byChannel(),
            ZoneId.of(properties.zone()),
            properties.dailyCap()));
  }

  @Bean
  Forms unsubscribeForms() {
    return NotificationRoutes.forms();
  }

  @Bean
  PreferencesController preferencesController(
      Preferences preferences,
      Recipients recipients,
      Transactions transactions,
      Commands commands) {
    return new PreferencesController(preferences, recipients, transactions, commands);
  }

  @Bean
  PersonalRecords preferenceRecords(Preferences preferences) {
    return new PreferenceRecords(preferences);
  }

  @Bean
  UnsubscribeController unsubscribeController(
      UnsubscribeLinks links, Preferences preferences, Commands commands) {
    return new UnsubscribeController(links, preferences, commands);
  }

  @Bean
  BouncesController bouncesController(
      Bounces bounces, Transactions transactions, Commands commands) {
    return new BouncesController(bounces, transactions, commands);
  }
}
