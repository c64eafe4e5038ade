package dev.reserva;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Imports the configurations of the services that this process runs. */
final class SelectedServices implements ImportSelector, EnvironmentAware {

  static final String PROPERTY = "reserva.services";

  private static final List<String> KNOWN =
      List.of("sales", "inventory", "financial", "customers", "operations");

  private String selection = "";

  @Override
  public void setEnvironment(Environment environment) {
    selection = environment.getProperty(PROPERTY, "");
  }

  @Override
  public String[] selectImports(AnnotationMetadata importing) {
    return configurations(selection).values().toArray(String[]::new);
  }

  /**
   * @param selection names separated by commas; empty for all
   * @return the configuration class of each
   */
  static Map<String, String> configurations(String selection) {
    List<String> names =
        selection.isBlank()
            ? KNOWN
            : Arrays.stream(selection.split(",", -1)).map(String::strip).toList();
    Map<String, String> configurations = new LinkedHashMap<>();
    for (String name : names) {
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "%s must name services of %s, separated by commas; \"%s\" is none"
                .formatted(PROPERTY, String.join(", ", KNOWN), name));
      }
      configurations.put(
          name,
          "dev.reserva.%s.%s%sConfiguration"
              .formatted(name, Character.toUpperCase(name.charAt(0)), name.substring(1)));
    }
    return configurations;
  }
}
