package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.Preferences;
import dev.reserva.notifications.application.Recipients;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Choices;
import dev.reserva.notifications.domain.Kind;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/customers/{id}/notification-preferences}: what a customer wants to receive. */
@Tag(name = "notifications")
@RestController
@RequestMapping("/api/customers/{id}/notification-preferences")
public final class PreferencesController {

  private final Preferences preferences;
  private final Recipients recipients;
  private final Transactions transactions;
  private final Commands commands;

  public PreferencesController(
      Preferences preferences,
      Recipients recipients,
      Transactions transactions,
      Commands commands) {
    this.preferences = preferences;
    this.recipients = recipients;
    this.transactions = transactions;
    this.commands = commands;
  }

  /**
   * One choice, as answers show it.
   *
   * @param changeable false for messages that cannot be unsubscribed
   */
  @Schema(name = "NotificationPreference")
  record PreferenceView(
      @Schema(allowableValues = {"transaction", "progress", "news"}) String kind,
      @Schema(allowableValues = {"email", "sms", "push"}) String type,
      boolean wanted,
      boolean changeable) {}

  /** All choices of a customer. */
  @Schema(name = "NotificationPreferences")
  record PreferencesView(
      UUID customerId, @ArraySchema(minItems = 0, maxItems = 9) List<PreferenceView> preferences) {

    static PreferencesView of(UUID customer, Choices choices) {
      List<PreferenceView> all = new ArrayList<>();
      for (Kind kind : Kind.OF_CUSTOMERS) {
        for (Channel channel : Channel.values()) {
          all.add(
              new PreferenceView(
                  kind.wire(), channel.wire(), choices.wants(kind, channel), !kind.isBinding()));
        }
      }
      return new PreferencesView(customer, all);
    }
  }

  @Operation(
      summary = "Get what a customer wants to be told",
      description = "By kind of message and channel.")
  @GetMapping
  public PreferencesView get(@PathVariable UUID id, RequestContext request) {
    requireVisible(id, request.caller());
    return transactions.snapshot(tx -> {
      requireKnown(id, request.caller(), tx);
      return view(id, tx);
    });
  }

  private PreferencesView view(UUID customer, UnitOfWork tx) {
    return PreferencesView.of(
        customer, preferences.find(Set.of(customer), tx).getOrDefault(customer, Choices.NONE));
  }

  @Operation(
      summary = "Choose what a customer wants to be told",
      description = "In place of all former choices. What is left out is as it was at first.")
  @Answers(body = PreferencesView.class)
  @Refuses(
      status = 422,
      type = "transactional-messages",
      when = "messages of the kind transaction are not wanted, which cannot be unsubscribed")
  @PutMapping
  public ResponseEntity<?> put(
      @PathVariable UUID id, @RequestBody PreferencesBody body, RequestContext request) {
    requireVisible(id, request.caller());
    Choices choices = body.parsed();
    return commands.execute(
        request,
        tx -> {
          requireKnown(id, request.caller(), tx);
          preferences.replace(id, choices, tx);
          return Answer.ok(PreferencesView.of(id, choices))
              .recorded("notifications.preferences.change", id);
        });
  }

  private static void requireVisible(UUID customer, Caller caller) {
    if (!caller.isStaff() && !customer.equals(caller.customerId())) {
      throw Problem.notFound("customer", customer);
    }
  }

  /** A customer that calls exists; its events may still be under way. */
  private void requireKnown(UUID customer, Caller caller, UnitOfWork tx) {
    if (caller.isStaff() && !recipients.known(Set.of(customer), tx).contains(customer)) {
      throw Problem.notFound("customer", customer);
    }
  }
}
