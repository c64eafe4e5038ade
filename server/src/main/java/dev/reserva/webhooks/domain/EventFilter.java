package dev.reserva.webhooks.domain;

import java.util.regex.Pattern;

/**
 * Event types that an endpoint gets: all ({@code *}), those below a prefix ({@code sales.order.*}),
 * or one ({@code sales.order.created}).
 */
public record EventFilter(String pattern) {

  public static final int MAX_LENGTH = 100;

  private static final Pattern FORM = Pattern.compile("\\*|[a-z0-9_]+(\\.[a-z0-9_]+)*(\\.\\*)?");

  public EventFilter {
    if (pattern.length() > MAX_LENGTH || !FORM.matcher(pattern).matches()) {
      throw new IllegalArgumentException(
          "must be an event type, a prefix like sales.order.*, or *, of at most %d characters"
              .formatted(MAX_LENGTH));
    }
  }

  public boolean matches(String type) {
    if (pattern.equals("*")) {
      return true;
    }
    return pattern.endsWith(".*")
        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
        : type.equals(pattern);
  }
}
