package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import java.util.Optional;

/** The templates, by name and language. */
public interface Templates {

  /** The template that is in use. */
  Optional<Template> find(String name, Language language);
}
