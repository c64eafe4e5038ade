package dev.reserva;

import dev.reserva.customers.CustomersConfiguration;
import dev.reserva.financial.FinancialConfiguration;
import dev.reserva.inventory.InventoryConfiguration;
import dev.reserva.logistics.LogisticsConfiguration;
import dev.reserva.notifications.NotificationsConfiguration;
import dev.reserva.operations.DatabaseOperationsConfiguration;
import dev.reserva.operations.OperationsConfiguration;
import dev.reserva.platform.security.AuthorityConfiguration;
import dev.reserva.sales.SalesConfiguration;
import dev.reserva.webhooks.WebhooksConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the configurations of the services that this process runs. */
final class SelectedServices implements ImportSelector, EnvironmentAware {

  static final String PROPERTY = "reserva.services";

  /** The service that has the logins. */
  private static final String LOGINS = "customers";

  /** What operators see and do of a database does not depend on the services. */
  private static final Class<?> OF_EVERY_PROCESS = DatabaseOperationsConfiguration.class;

  private static final Map<String, Class<?>> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put("sales", SalesConfiguration.class);
    KNOWN.put("inventory", InventoryConfiguration.class);
    KNOWN.put("financial", FinancialConfiguration.class);
    KNOWN.put("logistics", LogisticsConfiguration.class);
    KNOWN.put(LOGINS, CustomersConfiguration.class);
    KNOWN.put("notifications", NotificationsConfiguration.class);
    KNOWN.put("webhooks", WebhooksConfiguration.class);
    KNOWN.put("operations", OperationsConfiguration.class);
  }

  private String selection = "";
  private boolean loginsElsewhere;

  @Override
  public void setEnvironment(Environment environment) {
    selection = environment.getProperty(PROPERTY, "");
    loginsElsewhere = environment.containsProperty(AuthorityConfiguration.URL);
  }

  @Override
  public String[] selectImports(AnnotationMetadata importing) {
    Map<String, Class<?>> selected = configurations(selection);
    if (loginsElsewhere && selected.containsKey(LOGINS)) {
      throw new IllegalArgumentException(
          "%s is for processes that do not run %s, which has the logins itself"
              .formatted(AuthorityConfiguration.URL, LOGINS));
    }
    return Stream.concat(selected.values().stream(), Stream.of(OF_EVERY_PROCESS))
        .map(Class::getName)
        .toArray(String[]::new);
  }

  /**
   * @param selection names separated by commas; empty for all
   * @return the configuration class of each
   */
  static Map<String, Class<?>> configurations(String selection) {
    if (selection.isBlank()) {
      return KNOWN;
    }
    Map<String, Class<?>> configurations = new LinkedHashMap<>();
    for (String part : selection.split(",", -1)) {
      String name = part.strip();
      Class<?> configuration = KNOWN.get(name);
      if (configuration == null) {
        throw new IllegalArgumentException(
            "%s must name services of %s, separated by commas; \"%s\" is none"
                .formatted(PROPERTY, String.join(", ", KNOWN.keySet()), name));
      }
      configurations.put(name, configuration);
    }
    return configurations;
  }
}
