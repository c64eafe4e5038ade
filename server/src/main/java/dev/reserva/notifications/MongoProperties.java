package dev.reserva.notifications;

import dev.reserva.platform.settings.Allowed;
import dev.reserva.platform.settings.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code reserva.notifications.mongodb.*}: where the history is, if it is in MongoDB.
 *
 * @param url connection string, which may have a password
 * @param database in which the collection is
 * @param timeout of each call, 100 ms to 1 min
 */
public record MongoProperties(
    @Secret @Nullable String url,
    @DefaultValue("reserva") String database,
    @DefaultValue("5s") Duration timeout) {

  private static final String PREFIX = "reserva.notifications.mongodb.";

  public MongoProperties {
    url = url == null || url.isBlank() ? null : url;
    if (url != null && !url.startsWith("mongodb://") && !url.startsWith("mongodb+srv://")) {
      throw new IllegalArgumentException(
          PREFIX + "url must begin with mongodb:// or mongodb+srv://");
    }
    if (!database.matches("[A-Za-z0-9_-]{1,63}")) {
      throw new IllegalArgumentException(
          "%sdatabase must have 1..63 letters, digits, _ and -, was \"%s\""
              .formatted(PREFIX, database));
    }
    Allowed.range(PREFIX + "timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
  }

  /** Secrets stay out of logs. */
  @Override
  public String toString() {
    return "MongoProperties[database=%s]".formatted(database);
  }
}
