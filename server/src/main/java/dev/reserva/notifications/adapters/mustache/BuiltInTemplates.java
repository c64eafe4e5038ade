package dev.reserva.notifications.adapters.mustache;

import dev.reserva.notifications.application.Templates;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The templates that are part of the program: one for each fact and language. */
public final class BuiltInTemplates implements Templates {

  private static final String FOLDER = "/notifications/templates/";

  private record Key(String name, Language language) {}

  private final Map<Key, Template> templates = new HashMap<>();

  /**
   * @throws IllegalStateException if one is missing
   */
  public BuiltInTemplates() {
    for (Fact fact : Fact.values()) {
      for (Language language : Language.values()) {
        templates.put(
            new Key(fact.template(), language),
            TemplateText.parse(
                resource("%s/%s.mustache".formatted(fact.template(), language.wire()))));
      }
    }
  }

  @Override
  public Optional<Template> find(String name, Language language) {
    return Optional.ofNullable(templates.get(new Key(name, language)));
  }

  static String resource(String name) {
    try (InputStream file = BuiltInTemplates.class.getResourceAsStream(FOLDER + name)) {
      if (file == null) {
        throw new IllegalStateException("there is no template " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
