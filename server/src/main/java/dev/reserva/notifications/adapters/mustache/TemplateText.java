package dev.reserva.notifications.adapters.mustache;

import dev.reserva.notifications.domain.Template;
import java.util.HashMap;
import java.util.Map;

/**
 * The file of a template: its first line is the subject, and each part begins with a line of its
 * name, {@code --- text}, {@code --- html} and {@code --- brief}.
 */
final class TemplateText {

  private static final String MARK = "--- ";

  private TemplateText() {}

  /**
   * @throws IllegalArgumentException if a part is missing, empty or too long
   */
  static Template parse(String file) {
    Map<String, StringBuilder> parts = new HashMap<>();
    StringBuilder part = parts.computeIfAbsent("subject", _ -> new StringBuilder());
    for (String line : file.lines().toList()) {
      if (line.startsWith(MARK)) {
        part =
            parts.computeIfAbsent(line.substring(MARK.length()).strip(), _ -> new StringBuilder());
      } else {
        part.append(line).append('\n');
      }
    }
    return new Template(
        part("subject", parts), part("text", parts), part("html", parts), part("brief", parts));
  }

  private static String part(String name, Map<String, StringBuilder> parts) {
    StringBuilder part = parts.get(name);
    return part == null ? "" : part.toString().strip();
  }
}
