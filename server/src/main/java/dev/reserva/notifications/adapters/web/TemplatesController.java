package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.OwnTemplates;
import dev.reserva.notifications.application.Renderer;
import dev.reserva.notifications.application.TemplateCheck;
import dev.reserva.notifications.application.Templates;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Formats;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import dev.reserva.notifications.domain.Template;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notifications/templates}: the words of messages. */
@Tag(name = "notifications")
@RestController
public final class TemplatesController {

  private final OwnTemplates own;
  private final Templates others;
  private final TemplateCheck check;
  private final Formats formats;
  private final Transactions transactions;
  private final Commands commands;

  /**
   * @param others those that count where there is no own one
   */
  public TemplatesController(
      OwnTemplates own,
      Templates others,
      TemplateCheck check,
      Formats formats,
      Transactions transactions,
      Commands commands) {
    this.own = own;
    this.others = others;
    this.check = check;
    this.formats = formats;
    this.transactions = transactions;
    this.commands = commands;
  }

  @Operation(
      summary = "Get a template",
      description =
          "In each language: the shop's own, else that of the folder, else the program's.")
  @GetMapping("/api/notifications/templates/{name}")
  public TemplateView get(@PathVariable String name) {
    requireKnown(name);
    return view(name, transactions.snapshot(tx -> own.of(name, tx)));
  }

  @Operation(
      summary = "Write a template in one language",
      description = "In the notation of Mustache. It counts within a second.")
  @Answers(body = TemplateView.class)
  @PutMapping("/api/notifications/templates/{name}")
  public ResponseEntity<?> put(
      @PathVariable String name, @RequestBody TemplateBody body, RequestContext request) {
    TemplateBody.Parsed parsed = body.parsed(check);
    requireKnown(name);
    return commands.execute(
        request,
        tx -> {
          own.save(name, parsed.language(), parsed.template(), tx);
          return Answer.ok(view(name, own.of(name, tx)))
              .recorded("notifications.template.write", name + "/" + parsed.language().wire());
        });
  }

  @Operation(
      summary = "Remove the shop's own template in one language",
      description = "That of the folder or of the program counts again.")
  @Input(name = "language", what = "en, pt or es.")
  @Answers(body = TemplateView.class)
  @DeleteMapping("/api/notifications/templates/{name}")
  public ResponseEntity<?> delete(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String language,
      RequestContext request) {
    requireKnown(name);
    var errors = new InputErrors();
    Language parsed = errors.required("?language", language, Language::ofWire);
    errors.throwIfAny();
    Language chosen = Objects.requireNonNull(parsed);
    return commands.execute(
        request,
        tx -> {
          own.remove(name, chosen, tx);
          return Answer.ok(view(name, own.of(name, tx)))
              .recorded("notifications.template.remove", name + "/" + chosen.wire());
        });
  }

  /** The words that a message would have. */
  record PreviewView(String subject, String text, String html, String brief) {}

  @Operation(
      summary = "Preview a template",
      description = "Fills in the template that is in use. Nothing is sent.")
  @Answers(body = PreviewView.class)
  @Refuses(
      status = 422,
      type = "template-not-filled-in",
      when = "the template cannot be filled in with the data")
  @PostMapping("/api/notifications/templates/{name}/preview")
  public ResponseEntity<?> preview(
      @PathVariable String name, @RequestBody PreviewBody body, RequestContext request) {
    PreviewBody.Parsed parsed = body.parsed();
    requireKnown(name);
    Map<String, Object> values = formats.written(parsed.details(), parsed.language());
    return commands.execute(
        request,
        tx -> {
          Template template =
              Objects.requireNonNull(used(name, own.of(name, tx)).get(parsed.language()));
          return Answer.ok(preview(template, parsed.language(), values))
              .recorded("notifications.template.preview", name);
        });
  }

  private PreviewView preview(Template template, Language language, Map<String, Object> values) {
    try {
      Rendered mail = check.mail(template, language, values);
      return new PreviewView(
          mail.subject(),
          mail.text(),
          String.valueOf(mail.html()),
          check.brief(template, language, values).text());
    } catch (Renderer.Unrenderable e) {
      throw Problem.impossible(
          "template-not-filled-in",
          "The template cannot be filled in",
          String.valueOf(e.getMessage()));
    }
  }

  private TemplateView view(String name, Map<Language, Template> written) {
    return TemplateView.of(name, used(name, written), written);
  }

  private Map<Language, Template> used(String name, Map<Language, Template> written) {
    Map<Language, Template> used = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      others.find(name, language).ifPresent(template -> used.put(language, template));
    }
    used.putAll(written);
    return used;
  }

  private static void requireKnown(String name) {
    if (Fact.ofTemplate(name).isEmpty()) {
      throw Problem.notFound("template", dev.reserva.contracts.Text.excerpt(name));
    }
  }
}
