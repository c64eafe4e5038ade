package dev.reserva.notifications.application;

import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import java.util.List;
import java.util.Optional;

/** Templates by name and language, from one source or from several. */
public interface Templates {

  Optional<Template> find(String name, Language language);

  /** Several sources; the first one that has a template counts. */
  static Templates firstOf(List<Templates> sources) {
    return (name, language) ->
        sources.stream().flatMap(source -> source.find(name, language).stream()).findFirst();
  }
}
