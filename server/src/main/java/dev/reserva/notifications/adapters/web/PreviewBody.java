package dev.reserva.notifications.adapters.web;

import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Language;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/notifications/templates/{name}/preview}. */
record PreviewBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            example = "pt",
            allowableValues = {"en", "pt", "es"})
        @Nullable String language,
    @Schema(description = "Values that the template is filled in with.")
        @Nullable Map<String, String> data) {

  record Parsed(Language language, Map<String, Detail> details) {}

  /**
   * @throws dev.reserva.platform.web.Problem 400 with everything that is wrong
   */
  Parsed parsed() {
    var errors = new InputErrors();
    Language parsed = errors.required("/language", language, Language::ofWire);
    Map<String, Detail> details = new LinkedHashMap<>();
    DataFields.add(data, details, errors);
    errors.throwIfAny();
    return new Parsed(Objects.requireNonNull(parsed), details);
  }
}
