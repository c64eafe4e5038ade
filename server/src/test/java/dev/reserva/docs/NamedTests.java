package dev.reserva.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The tests that documents name as {@code `SomeTest.what_it_shows`}. */
final class NamedTests {

  private static final Pattern NAMED =
      Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT|Contract))(?:\\.([a-z0-9_]+))?`");

  private static final List<String> MODULES =
      List.of("messaging", "embedded-postgres", "server", "torture", "dependency-audit");

  /** By the simple name of their class. */
  private final Map<String, String> sources;

  private NamedTests(Map<String, String> sources) {
    this.sources = sources;
  }

  static NamedTests ofAllModules(Path root) throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : MODULES) {
      try (var files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String name = file.getFileName().toString();
          sources.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
        }
      }
    }
    return new NamedTests(sources);
  }

  /** Whether a line names a test. */
  static boolean names(String line) {
    return NAMED.matcher(line).find();
  }

  /** What a line names and no module has. */
  List<String> missingIn(String line) {
    return NAMED
        .matcher(line)
        .results()
        .filter(named -> {
          String source = sources.get(named.group(1));
          String method = named.group(2);
          return source == null || (method != null && !source.contains(" " + method + "("));
        })
        .map(MatchResult::group)
        .toList();
  }
}
