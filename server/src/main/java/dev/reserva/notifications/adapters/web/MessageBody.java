package dev.reserva.notifications.adapters.web;

import dev.reserva.contracts.Text;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.application.QueueMessage;
import dev.reserva.notifications.domain.Address;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.notifications.domain.Kind;
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
            description =
                "An e-mail address or a telephone number, or the id of a customer. A push message"
                    + " is for a customer.",
            example = "01977c1e-5a00-7000-8000-000000000004")
        @NotFreeText
        @Nullable String recipient,
    @Schema(
            minLength = 1,
            maxLength = Template.MAX_SUBJECT,
            description = "With content. An SMS has none.")
        @Nullable String subject,
    @Schema(
            description = "Name of a template, such as order-confirmed.",
            example = "order-confirmed")
        @Nullable String template,
    @Schema(minLength = 1, maxLength = Template.MAX_LENGTH) @Nullable String content,
    @Schema(description = "Values that the template is filled in with.")
        @Nullable Map<String, String> data,
    @Schema(
            allowableValues = {"transaction", "news"},
            description =
                "With content: what it is to the customer, transaction if it is left out. News go"
                    + " only to customers who want them.")
        @Nullable String kind) {

  /** Longest content of an SMS or push message. */
  static final int MAX_BY_PHONE = 1_000;

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
        customer == null
            ? errors.required("/recipient", recipient, it -> address(channel, it))
            : null;
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
      if (kind != null) {
        errors.add("/kind", "must be left out, because the template has a kind");
      }
      DataFields.add(data, details, errors);
    } else {
      if (data != null) {
        errors.add("/data", "must be left out without a template");
      }
      if (errors.optional("/kind", kind, MessageBody::ofHand) == Kind.NEWS) {
        name = NewMessage.NEWS;
      }
      String line = null;
      if (channel != Channel.SMS) {
        line =
            errors.required(
                "/subject", subject, it -> Text.line("subject", it, 1, Template.MAX_SUBJECT));
      } else if (subject != null) {
        errors.add("/subject", "must be left out, because an SMS has none");
      }
      int longest = channel == Channel.EMAIL ? Template.MAX_LENGTH : MAX_BY_PHONE;
      String words =
          errors.required("/content", content, it -> Text.lines("content", it, 1, longest));
      details.put(NewMessage.SUBJECT, new Detail.Text(Objects.requireNonNullElse(line, "")));
      details.put(NewMessage.CONTENT, new Detail.Text(Objects.requireNonNullElse(words, "")));
    }
    errors.throwIfAny();
    return new QueueMessage.Command(channel, address, customer, name, details);
  }

  private static Kind ofHand(String text) {
    Kind kind = Kind.ofWire(text);
    if (kind == Kind.PROGRESS) {
      throw new IllegalArgumentException(
          "kind must be transaction or news, was \"%s\"".formatted(text));
    }
    return kind;
  }

  private static String address(Channel channel, String text) {
    return switch (channel) {
      case EMAIL -> Address.email(text);
      case SMS -> Address.phone(text);
      case PUSH ->
          throw new IllegalArgumentException(
              "recipient must be the id of a customer, was \"%s\"".formatted(Text.excerpt(text)));
    };
  }

  private static @Nullable UUID customer(String recipient) {
    try {
      return UUID.fromString(recipient);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
