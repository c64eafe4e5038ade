package dev.reserva.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.reserva.EffectOf;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The README's table of properties against the records that are bound to them. */
class ConfigurationTableTest {

  /** A test with {@link EffectOf} right above it. */
  private static final Pattern EFFECT_TEST =
      Pattern.compile(
          "@Test\\s+(?:@Order\\([^)]*\\)\\s+)?@EffectOf\\((\\{[^}]*}|\"[^\"]*\")\\)\\s+void ");

  private static final Pattern NAME = Pattern.compile("\"(reserva\\.[a-z.-]+)\"");

  /** Properties that the start reads before any record is bound. */
  private static final Map<String, String> OF_THE_START =
      Map.of("reserva.port", "8080", "reserva.data", "data", "reserva.services", "");

  @Test
  void the_readme_lists_every_property_with_its_default_and_no_other() throws IOException {
    Map<String, String> real = new TreeMap<>(OF_THE_START);
    for (JavaClass bound :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.reserva")) {
      if (bound.isAnnotatedWith(ConfigurationProperties.class)) {
        collect(
            bound.getAnnotationOfType(ConfigurationProperties.class).value(),
            bound.reflect(),
            real);
      }
    }
    assertThat(real).hasSizeGreaterThan(30);
    assertThat(ConfigurationTable.read()).isEqualTo(real);
  }

  /** A bound property may have no effect, so a test must set each property and check its effect. */
  @Test
  void each_property_has_a_test_that_sees_its_effect() throws IOException {
    Set<String> seen = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "test", "java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        EFFECT_TEST
            .matcher(Files.readString(source))
            .results()
            .flatMap(effect -> NAME.matcher(effect.group(1)).results())
            .forEach(name -> seen.add(name.group(1)));
      }
    }
    assertThat(seen).isEqualTo(ConfigurationTable.read().keySet());
  }

  private static void collect(String prefix, Class<?> properties, Map<String, String> found) {
    for (RecordComponent component : properties.getRecordComponents()) {
      String name = prefix + "." + kebab(component.getName());
      if (component.getType().isRecord()) {
        collect(name, component.getType(), found);
      } else {
        DefaultValue value = defaultOf(properties, component);
        found.put(name, value == null ? "" : String.join(",", value.value()));
      }
    }
  }

  private static @org.jspecify.annotations.Nullable DefaultValue defaultOf(
      Class<?> properties, RecordComponent component) {
    var parameters = properties.getDeclaredConstructors()[0].getParameters();
    for (var parameter : parameters) {
      if (parameter.getName().equals(component.getName())) {
        return parameter.getAnnotation(DefaultValue.class);
      }
    }
    throw new IllegalStateException("no constructor parameter for " + component);
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
