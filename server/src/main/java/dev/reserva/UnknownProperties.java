package dev.reserva;

import dev.reserva.messaging.Failpoint;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses a start with a property under {@code reserva.}, or an environment variable that begins
 * with {@code RESERVA_}, that does not exist: it is misspelt, and the default would be used in
 * silence.
 */
final class UnknownProperties implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  /** Environment variables of the launcher and the command line. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "RESERVA_ADMIN_PASSWORD",
          "RESERVA_ADMIN_PASSWORD_FILE",
          "RESERVA_CACHE",
          "RESERVA_HISTORY",
          "RESERVA_JAVA_HOME",
          "RESERVA_JAVA_OPTS",
          "RESERVA_VULNERABILITIES");

  /** Variables that Kubernetes sets for a service whose name begins with "reserva". */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile(
          "RESERVA(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private static final int MOST_TOLD = 3;

  /** Also those of the secrets' files. */
  private static final SortedSet<String> NAMES = new TreeSet<>(KnownProperties.NAMES);

  static {
    KnownProperties.SECRETS.forEach(name -> NAMES.add(name + SecretSources.FILE));
  }

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    ConfigurableEnvironment environment = event.getEnvironment();
    List<String> unknown =
        environment.getPropertySources().stream()
            .flatMap(UnknownProperties::unknown)
            .distinct()
            .limit(MOST_TOLD)
            .toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", unknown));
    }
  }

  private static Stream<String> unknown(PropertySource<?> source) {
    return switch (source) {
      case SystemEnvironmentPropertySource variables -> unknownVariables(variables.getSource());
      case EnumerablePropertySource<?> properties ->
          unknownProperties(properties.getPropertyNames());
      default -> Stream.empty();
    };
  }

  static Stream<String> unknownProperties(String... names) {
    Set<String> known = of(UnknownProperties::plain);
    return Arrays.stream(names)
        .filter(name -> name.startsWith("reserva.") && !name.equals(Failpoint.PROPERTY))
        .filter(name -> !known.contains(plain(name)))
        .map(name -> refusal(name, NAMES));
  }

  static Stream<String> unknownVariables(Map<String, ?> variables) {
    Set<String> known = of(UnknownProperties::variable);
    Set<String> also = of(name -> variable(name.replace('-', '.'))); // dashes as underscores
    Set<String> files =
        KnownProperties.SECRETS.stream()
            .map(SecretSources::fileVariable)
            .collect(Collectors.toUnmodifiableSet());
    return variables.keySet().stream()
        .filter(name -> name.startsWith("RESERVA_") && !OTHER_VARIABLES.contains(name))
        .filter(name -> !known.contains(name) && !also.contains(name) && !files.contains(name))
        .filter(name -> !OF_KUBERNETES.matcher(name).matches())
        .sorted()
        .map(name -> refusal(name, known));
  }

  private static Set<String> of(UnaryOperator<String> form) {
    return NAMES.stream().map(form).collect(Collectors.toUnmodifiableSet());
  }

  /** Names that differ in case and dashes only are one, as they are to the binding. */
  static String plain(String name) {
    return name.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** The environment variable of a property. */
  static String variable(String name) {
    return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static String refusal(String name, Collection<String> known) {
    String nearest =
        known.stream()
            .min(
                Comparator.<String>comparingInt(candidate -> distance(name, candidate))
                    .thenComparing(Comparator.naturalOrder()))
            .orElseThrow();
    return "there is no property %s; the nearest is %s".formatted(name, nearest);
  }

  /** Levenshtein's: characters to insert, remove or replace. */
  static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
