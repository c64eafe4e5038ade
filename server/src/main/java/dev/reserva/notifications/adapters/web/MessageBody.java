package dev.reserva.notifications.adapters.web;

import dev.reserva.contracts.Text;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.application.QueueMessage;
import dev.reserva.notifications.domain.Address;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Template;
import dev.reserva.platform.json.NotFreeText;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/notifications/{channel}}: either a template with its data, or words. */
@Schema(description = "Either template, with data, or content.")
record MessageBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            description = "An address, or the id of a customer.",
            example = "maria@example.org")
        @NotFreeText
        @Nullable String recipient,
    @Schema(minLength = 1, maxLength = Template.MAX_SUBJECT, example = "Your parcel")
        @Nullable String subject,
    @Schema(description = "Name of a template, such as order-confirmed.") @Nullable String template,
    @Schema(minLength = 1, maxLength = Template.MAX_LENGTH, example = "It waits at our counter.")
        @Nullable String content,
    @Schema(description = "Values that the template is filled in with.")
        @Nullable Map<String, String> data) {

  /** Personal data stays out of logs. */
  @Override
  public String toString() {
    return "MessageBody[template=%s]".formatted(template);
  }

  /**
   * @param isTemplate whether there is a template with a name
   * @throws dev.reserva.platform.web.Problem 400 with everything that is wrong
   */
  QueueMessage.Command parsed(Channel channel, Predicate<String> isTemplate) {
    var errors = new InputErrors();
    UUID customer = recipient == null ? null : customer(recipient);
    String address =
        customer == null ? errors.required("/recipient", recipient, Address::email) : null;
    Map<String, Detail> details = new LinkedHashMap<>();
    String name = NewMessage.MANUAL;
    if ((template == null) == (content == null)) {
      errors.add("", "needs either template or content");
    } else if (template != null) {
      name = template;
      if (!isTemplate.test(template)) {
        errors.add(
            "/template", "must name a template, was \"%s\"".formatted(Text.excerpt(template)));
      }
      if (subject != null) {
        errors.add("/subject", "must be left out, because the template has a subject");
      }
      DataFields.add(data, details, errors);
    } else {
      if (data != null) {
        errors.add("/data", "must be left out without a template");
      }
      String line =
          errors.required(
              "/subject", subject, it -> Text.line("subject", it, 1, Template.MAX_SUBJECT));
      String words =
          errors.required(
              "/content", content, it -> Text.lines("content", it, 1, Template.MAX_LENGTH));
      details.put(NewMessage.SUBJECT, new Detail.Text(Objects.requireNonNullElse(line, "")));
      details.put(NewMessage.CONTENT, new Detail.Text(Objects.requireNonNullElse(words, "")));
    }
    errors.throwIfAny();
    return new QueueMessage.Command(channel, address, customer, name, details);
  }

  private static @Nullable UUID customer(String recipient) {
    try {
      return UUID.fromString(recipient);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
