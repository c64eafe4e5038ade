package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import java.util.Map;

/** The templates that the shop has written itself, in place of those of the program. */
public interface OwnTemplates {

  /** Those with a name, by language. */
  Map<Language, Template> of(String name, UnitOfWork tx);

  /** Stores a template, in place of one with the same name and language. */
  void save(String name, Language language, Template template, UnitOfWork tx);

  /** Removes a template, so that the next source counts again. */
  void remove(String name, Language language, UnitOfWork tx);
}
