package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import dev.reserva.notifications.domain.Template;
import java.util.Map;

/** Tries templates that are not in use yet. */
public interface TemplateCheck {

  /**
   * @throws Renderer.Unrenderable with the part and the place that cannot be read, or if its parts
   *     are repeated within each other too deeply
   */
  void check(Template template);

  /** A template with its values, as an e-mail. */
  Rendered mail(Template template, Language language, Map<String, Object> values);

  /** A template with its values, as an SMS or push message. */
  Rendered brief(Template template, Language language, Map<String, Object> values);
}
