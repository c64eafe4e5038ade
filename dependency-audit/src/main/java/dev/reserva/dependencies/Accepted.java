package dev.reserva.dependencies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Findings that the project lives with, each with its reason: lines of {@code ADVISORY PACKAGE |
 * reason}.
 */
final class Accepted {
  private final Map<String, String> reasons = new LinkedHashMap<>();

  static Accepted of(Path file) {
    Accepted accepted = new Accepted();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] parts = line.split("\\|", 2);
        if (parts.length < 2 || !parts[0].strip().matches("\\S+ \\S+:\\S+") || parts[1].isBlank()) {
          throw new AuditFailure(
              "a line of %s must be like \"CVE-2026-1 group:artifact | reason\", was \"%s\""
                  .formatted(file, line));
        }
        accepted.reasons.put(parts[0].strip(), parts[1].strip());
      }
    } catch (IOException e) {
      throw new AuditFailure("%s cannot be read: %s".formatted(file, e));
    }
    return accepted;
  }

  boolean contains(Advisory advisory, Component component) {
    return advisory.names().stream()
        .anyMatch(name -> reasons.containsKey(name + " " + component.name()));
  }
}
