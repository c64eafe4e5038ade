package dev.reserva.platform.web;

import java.util.Set;

/**
 * Routes of POST that take what a browser or a mail program sends as a form, and do not read it. A
 * service declares them beside its routes.
 */
public record Forms(Set<String> patterns) {

  public Forms {
    patterns = Set.copyOf(patterns);
  }

  public static Forms of(String... patterns) {
    return new Forms(Set.of(patterns));
  }
}
