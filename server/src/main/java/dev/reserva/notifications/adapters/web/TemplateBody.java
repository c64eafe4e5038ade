package dev.reserva.notifications.adapters.web;

import dev.reserva.notifications.application.Renderer;
import dev.reserva.notifications.application.TemplateCheck;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Template;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code PUT /api/notifications/templates/{name}}: a template in one language. */
record TemplateBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            example = "pt",
            allowableValues = {"en", "pt", "es"})
        @Nullable String language,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            minLength = 1,
            maxLength = Template.MAX_SUBJECT,
            example = "Pedido {{order}} confirmado")
        @Nullable String subject,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            minLength = 1,
            maxLength = Template.MAX_LENGTH,
            description = "Without markup.",
            example = "O pedido {{order}} está confirmado.")
        @Nullable String text,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            minLength = 1,
            maxLength = Template.MAX_LENGTH,
            description = "The inside of the page's body.",
            example = "<p>O pedido {{order}} está confirmado.</p>")
        @Nullable String html,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            minLength = 1,
            maxLength = Template.MAX_BRIEF,
            description = "For SMS and push messages.",
            example = "{{shop}}: pedido {{order}} confirmado.")
        @Nullable String brief) {

  record Parsed(Language language, Template template) {}

  /**
   * @throws Problem 400 with everything that is wrong
   */
  Parsed parsed(TemplateCheck check) {
    var errors = new InputErrors();
    Language parsed = errors.required("/language", language, Language::ofWire);
    String line = part("subject", subject, Template.MAX_SUBJECT, errors);
    String words = part("text", text, Template.MAX_LENGTH, errors);
    String page = part("html", html, Template.MAX_LENGTH, errors);
    String few = part("brief", brief, Template.MAX_BRIEF, errors);
    errors.throwIfAny();
    Template template = new Template(line, words, page, few);
    try {
      check.check(template);
    } catch (Renderer.Unrenderable e) {
      String what = String.valueOf(e.getMessage());
      throw Problem.invalid("/" + what.substring(0, what.indexOf(' ')), what);
    }
    return new Parsed(Objects.requireNonNull(parsed), template);
  }

  private static String part(String name, @Nullable String text, int most, InputErrors errors) {
    String checked =
        errors.required(
            "/" + name, text, it -> dev.reserva.contracts.Text.lines(name, it, 1, most));
    return Objects.requireNonNullElse(checked, "x");
  }
}
