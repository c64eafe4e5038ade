package dev.reserva;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertyResolver;

/**
 * Reads secrets from the files that {@code <property>-file} names, and refuses a start with a
 * secret on the command line, which every user of the machine can read.
 */
final class SecretSources implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

  /** Of the property that names a secret's file. */
  static final String FILE = "-file";

  private static final long MOST_BYTES = 16 * 1024;

  private static final String URL = "reserva.database.url";
  private static final String DATABASE_PASSWORD = "reserva.database.password";
  private static final Pattern PASSWORD_IN_URL = Pattern.compile("[?&]password=");

  /** This process's command line, its parts ended by NUL. */
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    requireNoneIn(commandLine());
    ConfigurableEnvironment environment = event.getEnvironment();
    Map<String, Object> read = fromFiles(environment);
    if (!read.isEmpty()) {
      environment.getPropertySources().addFirst(new MapPropertySource("secretFiles", read));
    }
  }

  /** Empty where the operating system does not show it. */
  private static List<String> commandLine() {
    try {
      return List.of(Files.readString(COMMAND_LINE, StandardCharsets.ISO_8859_1).split("\0", -1));
    } catch (IOException e) {
      return List.of();
    }
  }

  static void requireNoneIn(List<String> commandLine) {
    for (String argument : commandLine) {
      int value = argument.indexOf('=');
      if (value < 0 || !(argument.startsWith("-D") || argument.startsWith("--"))) {
        continue;
      }
      String given = UnknownProperties.plain(argument.substring(2, value));
      if (given.equals(URL) && PASSWORD_IN_URL.matcher(argument).find()) {
        given = UnknownProperties.plain(DATABASE_PASSWORD);
      }
      for (String name : KnownProperties.SECRETS) {
        if (given.equals(UnknownProperties.plain(name))) {
          throw new IllegalArgumentException(
              ("%s must not be on the command line, where other users of the machine can read it;"
                      + " set %s or %s")
                  .formatted(name, UnknownProperties.variable(name), fileVariable(name)));
        }
      }
    }
  }

  /** The variable of a secret with {@code _FILE} appended, as containers commonly have it. */
  static String fileVariable(String name) {
    return UnknownProperties.variable(name) + "_FILE";
  }

  /** The secrets whose files are named. */
  static Map<String, Object> fromFiles(PropertyResolver properties) {
    Map<String, Object> read = new HashMap<>();
    for (String name : KnownProperties.SECRETS) {
      String file =
          properties.getProperty(name + FILE, properties.getProperty(fileVariable(name), ""));
      if (file.isBlank()) {
        continue;
      }
      if (!properties.getProperty(name, "").isBlank()) {
        throw new IllegalArgumentException(
            "%1$s and %1$s-file are both set; only one of them is allowed".formatted(name));
      }
      read.put(name, content(name + FILE, Path.of(file)));
    }
    return read;
  }

  /** Without the line's end that editors and {@code echo} append. */
  private static String content(String property, Path file) {
    try {
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new IllegalArgumentException(
            "%s: %s must have at most %d bytes, has %d"
                .formatted(property, file, MOST_BYTES, size));
      }
      String content = Files.readString(file).strip();
      if (content.isEmpty()) {
        throw new IllegalArgumentException("%s: %s is empty".formatted(property, file));
      }
      return content;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: %s cannot be read (%s)".formatted(property, file, e.getClass().getSimpleName()), e);
    }
  }
}
