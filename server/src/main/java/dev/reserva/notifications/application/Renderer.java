package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import java.util.Map;

/** Fills in templates. */
public interface Renderer {

  /**
   * @param values texts, flags, and lists of the same, by name
   * @throws Unrenderable if there is no such template, or it cannot be filled in
   */
  Rendered render(String template, Channel channel, Language language, Map<String, Object> values);

  /** A template that is missing or broken. */
  final class Unrenderable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unrenderable(String message) {
      super(message, null, false, false);
    }
  }
}
