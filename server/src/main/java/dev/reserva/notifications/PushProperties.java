package dev.reserva.notifications;

import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.ProviderUrl;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.notifications.push.*}: Firebase Cloud Messaging, or a service with its API.
 *
 * @param project id of the project; absent: messages are written into {@code <data>/outbox}
 * @param serviceAccount file with the key of a service account, in JSON as Google gives it
 * @param url of the API; https, except on this machine
 * @param tokenUrl where access tokens are got; https, except on this machine
 * @param timeout of a request, 100 ms to 1 min
 * @param facts that customers are told by push, by the names of their templates
 */
public record PushProperties(
    @Nullable String project,
    @Nullable String serviceAccount,
    @DefaultValue("https://fcm.googleapis.com") String url,
    @DefaultValue("https://oauth2.googleapis.com/token") String tokenUrl,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue({"order-confirmed", "order-shipped", "order-delivered", "order-cancelled"})
        List<String> facts) {

  private static final String PREFIX = "reserva.notifications.push.";

  public PushProperties {
    project = project == null || project.isBlank() ? null : project;
    serviceAccount = serviceAccount == null || serviceAccount.isBlank() ? null : serviceAccount;
    facts = List.copyOf(facts);
    if (project != null && (serviceAccount == null || !project.matches("[a-z0-9-]+"))) {
      throw new IllegalArgumentException(
          "%1$sproject is set, so it must have small letters, digits and hyphens, and %1$sservice-account must be set"
              .formatted(PREFIX));
    }
    ProviderUrl.checkBase(PREFIX + "url", url);
    ProviderUrl.checkResource(PREFIX + "token-url", tokenUrl);
    Allowed.range(PREFIX + "timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
    NotificationsProperties.checkFacts(PREFIX + "facts", facts);
  }
}
