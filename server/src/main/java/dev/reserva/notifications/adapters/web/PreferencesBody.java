package dev.reserva.notifications.adapters.web;

import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.notifications.domain.Choices.Choice;
import dev.reserva.notifications.domain.Kind;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code PUT /api/customers/{id}/notification-preferences}. */
@Schema(name = "NotificationPreferencesChange")
record PreferencesBody(
    @ArraySchema(minItems = 0, maxItems = PreferencesBody.MOST)
        @Schema(requiredMode = RequiredMode.REQUIRED)
        @Nullable List<@Nullable PreferenceBody> preferences) {

  static final int MOST = 9;

  /** One choice. */
  @Schema(name = "NotificationPreferenceChange")
  record PreferenceBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"transaction", "progress", "news"},
              example = "progress")
          @Nullable String kind,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"email", "sms", "push"},
              example = "sms")
          @Nullable String type,
      @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable Boolean wanted) {}

  /**
   * @throws Problem 400 with everything that is wrong, 422 if a message that cannot be unsubscribed
   *     is not wanted
   */
  Choices parsed() {
    var errors = new InputErrors();
    List<@Nullable PreferenceBody> given = errors.required("/preferences", preferences);
    Map<Choice, Boolean> made = new HashMap<>();
    if (given != null && given.size() > MOST) {
      errors.add("/preferences", "must have 0..%d items, had %d".formatted(MOST, given.size()));
    } else if (given != null) {
      for (int i = 0; i < given.size(); i++) {
        add("/preferences/" + i, given.get(i), made, errors);
      }
    }
    errors.throwIfAny();
    made.forEach((choice, wanted) -> {
      if (choice.kind().isBinding() && !wanted) {
        throw Problem.impossible(
            "transactional-messages",
            "These messages cannot be unsubscribed",
            "a customer has to know what messages of the kind %s tell"
                .formatted(choice.kind().wire()));
      }
    });
    made.keySet().removeIf(choice -> choice.kind().isBinding());
    return new Choices(made);
  }

  private static void add(
      String pointer, @Nullable PreferenceBody one, Map<Choice, Boolean> made, InputErrors errors) {
    if (one == null) {
      errors.add(pointer, "is missing");
      return;
    }
    Kind kind = errors.required(pointer + "/kind", one.kind(), Kind::ofWire);
    Channel channel = errors.required(pointer + "/type", one.type(), Channel::ofWire);
    Boolean wanted = errors.required(pointer + "/wanted", one.wanted());
    if (kind != null
        && channel != null
        && wanted != null
        && made.put(new Choice(kind, channel), wanted) != null) {
      errors.add(pointer, "is given twice");
    }
  }
}
