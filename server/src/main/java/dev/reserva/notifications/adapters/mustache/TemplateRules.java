package dev.reserva.notifications.adapters.mustache;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a template must not have: other delimiters, other templates, and parts that are nested so
 * deeply that they could repeat each other without end.
 */
final class TemplateRules {

  static final int MOST_NESTED = 3;

  private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([#^/=><$])");

  private TemplateRules() {}

  /**
   * @throws IllegalArgumentException if the source has one of these
   */
  static void check(String source) {
    int depth = 0;
    for (MatchResult tag : TAG.matcher(source).results().toList()) {
      switch (tag.group(1)) {
        case "#", "^" -> depth++;
        case "/" -> depth--;
        default ->
            throw new IllegalArgumentException(
                "{{%s is not allowed, only values and parts".formatted(tag.group(1)));
      }
      if (depth > MOST_NESTED) {
        throw new IllegalArgumentException(
            "parts must be nested at most %d deep".formatted(MOST_NESTED));
      }
    }
  }
}
