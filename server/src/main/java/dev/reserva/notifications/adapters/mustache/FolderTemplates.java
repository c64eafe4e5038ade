package dev.reserva.notifications.adapters.mustache;

import dev.reserva.notifications.application.Templates;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Templates of a folder, {@code <name>/<language>.mustache}, read once at the start. They have the
 * form of those of the program.
 */
public final class FolderTemplates implements Templates {

  private record Key(String name, Language language) {}

  private final Map<Key, Template> templates = new HashMap<>();

  /**
   * @throws IllegalArgumentException if the folder does not exist, or a template in it is wrong
   */
  public FolderTemplates(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "reserva.notifications.templates must be a folder, was \"%s\"".formatted(folder));
    }
    for (Fact fact : Fact.values()) {
      for (Language language : Language.values()) {
        Path file = folder.resolve(fact.template()).resolve(language.wire() + ".mustache");
        if (Files.exists(file)) {
          templates.put(new Key(fact.template(), language), read(file));
        }
      }
    }
  }

  private static Template read(Path file) {
    try {
      Template template = TemplateText.parse(Files.readString(file));
      TemplateRules.check(
          template.subject() + template.text() + template.html() + template.brief());
      return template;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the template %s cannot be used: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public Optional<Template> find(String name, Language language) {
    return Optional.ofNullable(templates.get(new Key(name, language)));
  }
}
