package dev.reserva;

import dev.reserva.customers.CustomersProperties;
import dev.reserva.financial.FinancialProperties;
import dev.reserva.gateway.GatewayProperties;
import dev.reserva.inventory.InventoryProperties;
import dev.reserva.notifications.NotificationsProperties;
import dev.reserva.operations.OperationsProperties;
import dev.reserva.platform.PlatformConfiguration;
import dev.reserva.platform.settings.Secret;
import dev.reserva.sales.SalesSettings;
import dev.reserva.webhooks.WebhooksProperties;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The names of all properties that exist, whichever services a process runs: several processes may
 * share one environment. They follow from the records that are bound to them.
 */
final class KnownProperties {

  /** Read by the start itself, before any record is bound. */
  private static final List<String> OF_THE_START =
      List.of("reserva.port", "reserva.data", SelectedServices.PROPERTY);

  static final List<Class<? extends Record>> RECORDS =
      Stream.concat(
              PlatformConfiguration.properties().stream(),
              Stream.of(
                  CustomersProperties.class,
                  InventoryProperties.class,
                  SalesSettings.class,
                  FinancialProperties.class,
                  NotificationsProperties.class,
                  WebhooksProperties.class,
                  OperationsProperties.class,
                  GatewayProperties.class))
          .toList();

  static final SortedSet<String> NAMES;

  /** Those that are marked as {@link Secret}. Each has a second name, for a file. */
  static final SortedSet<String> SECRETS;

  static {
    SortedSet<String> names = new TreeSet<>(OF_THE_START);
    SortedSet<String> secrets = new TreeSet<>();
    for (Class<? extends Record> bound : RECORDS) {
      add(bound.getAnnotation(ConfigurationProperties.class).value(), bound, names, secrets);
    }
    NAMES = Collections.unmodifiableSortedSet(names);
    SECRETS = Collections.unmodifiableSortedSet(secrets);
  }

  private KnownProperties() {}

  private static void add(
      String prefix, Class<?> bound, SortedSet<String> names, SortedSet<String> secrets) {
    for (RecordComponent component : bound.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord()) {
        add(name, component.getType(), names, secrets);
      } else {
        names.add(name);
        if (component.isAnnotationPresent(Secret.class)) {
          secrets.add(name);
        }
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
