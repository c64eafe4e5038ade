package dev.reserva.notifications.adapters.web;

import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** A template, as answers show it. */
record TemplateView(String name, List<InLanguage> languages) {

  record InLanguage(
      @Schema(allowableValues = {"en", "pt", "es"}) String language,
      @Schema(description = "Whether the shop has written it by the API.") boolean own,
      String subject,
      String text,
      String html,
      String brief) {

    static InLanguage of(Language language, boolean own, Template template) {
      return new InLanguage(
          language.wire(),
          own,
          template.subject(),
          template.text(),
          template.html(),
          template.brief());
    }
  }

  static TemplateView of(String name, Map<Language, Template> used, Map<Language, Template> own) {
    return new TemplateView(
        name,
        used.entrySet().stream()
            .map(entry ->
                InLanguage.of(entry.getKey(), own.containsKey(entry.getKey()), entry.getValue()))
            .toList());
  }
}
