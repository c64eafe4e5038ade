package dev.reserva.financial.adapters.psp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The intents and refunds of {@link FakeStripe}: its ledger. */
public final class FakeStripeAccount {

  public static final String VISA = "pm_card_visa";
  public static final String DECLINED = "pm_card_chargeDeclined";
  public static final String ASKS_THE_BUYER = "pm_card_authenticationRequired";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Map<String, Intent> intents = new LinkedHashMap<>();
  private final List<Refund> refunds = new ArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile Consumer<Event> whenItHappens = _ -> {};
  private volatile String newRefundsAre = "succeeded";

  /** An event that Stripe would send. */
  public record Event(String id, String type, String intent) {
    public String body() {
      ObjectNode event = JSON.createObjectNode().put("id", id).put("object", "event");
      event.put("type", type).put("api_version", "2025-03-31.basil");
      event.putObject("data").putObject("object").put("id", intent).put("object", "payment_intent");
      return event.toString();
    }
  }

  /** An answer of the API. */
  record Answer(int status, ObjectNode body, boolean isReplay) {
    static Answer of(ObjectNode body) {
      return new Answer(200, body, false);
    }

    static Answer error(int status, String type, @Nullable String code, String message) {
      ObjectNode body = JSON.createObjectNode();
      ObjectNode error = body.putObject("error").put("type", type).put("message", message);
      if (code != null) {
        error.put("code", code);
      }
      return new Answer(status, body, false);
    }

    Answer replayed() {
      return new Answer(status, body, true);
    }
  }

  private static final class Intent {
    final String id;
    final long amount;
    final String currency;
    final String payment;
    String status = "requires_payment_method";
    @Nullable ObjectNode error;
    @Nullable ObjectNode next;

    Intent(String id, Map<String, String> form) {
      this.id = id;
      this.amount = Long.parseLong(value(form, "amount"));
      this.currency = value(form, "currency");
      this.payment = value(form, "metadata[reserva_payment]");
    }

    ObjectNode json() {
      ObjectNode json =
          JSON.createObjectNode()
              .put("id", id)
              .put("object", "payment_intent")
              .put("amount", amount)
              .put("currency", currency)
              .put("status", status);
      json.putObject("metadata").put("reserva_payment", payment);
      if (error != null) {
        json.set("last_payment_error", error);
      }
      if (next != null && status.equals("requires_action")) {
        json.set("next_action", next);
      }
      return json;
    }
  }

  private record Refund(String id, String intent, long amount, String key, String status) {
    ObjectNode json() {
      ObjectNode json =
          JSON.createObjectNode()
              .put("id", id)
              .put("object", "refund")
              .put("amount", amount)
              .put("payment_intent", intent)
              .put("status", status);
      json.putObject("metadata").put("reserva_refund", key);
      return json;
    }
  }

  /** The payments whose money was taken, once for each intent that took it. */
  public synchronized List<String> captured() {
    return intents.values().stream()
        .filter(intent -> intent.status.equals("succeeded"))
        .map(intent -> intent.payment)
        .toList();
  }

  /** What was given back, in the smallest unit. */
  public synchronized long givenBack() {
    return refunds.stream()
        .filter(refund -> refund.status().equals("succeeded"))
        .mapToLong(Refund::amount)
        .sum();
  }

  /** The intents of a payment. */
  public synchronized List<String> intentsOf(String payment) {
    return intents.values().stream()
        .filter(intent -> intent.payment.equals(payment))
        .map(intent -> intent.id)
        .toList();
  }

  public synchronized String statusOf(String intent) {
    return Objects.requireNonNull(intents.get(intent)).status;
  }

  /** What happened so far, oldest first. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** Is called with each event before the request that caused it is answered. */
  public void whenItHappens(Consumer<Event> consumer) {
    this.whenItHappens = consumer;
  }

  /** The status of refunds that are made from now on. */
  public void newRefundsAre(String status) {
    this.newRefundsAre = status;
  }

  /** Ends all refunds that are under way. */
  public synchronized void refundsArrive() {
    refunds.replaceAll(refund ->
        new Refund(refund.id(), refund.intent(), refund.amount(), refund.key(), "succeeded"));
  }

  /** The buyer pays an intent that waits. */
  public synchronized Event pay(String id) {
    Intent intent = Objects.requireNonNull(intents.get(id));
    if (!intent.status.equals("requires_action")) {
      throw new IllegalStateException("the intent is " + intent.status);
    }
    intent.status = "succeeded";
    return happen("payment_intent.succeeded", id);
  }

  /** The time to pay an intent has passed. */
  public synchronized Event expire(String id) {
    Intent intent = Objects.requireNonNull(intents.get(id));
    intent.status = "requires_payment_method";
    intent.error = cardError("payment_intent_payment_attempt_expired", null);
    return happen("payment_intent.payment_failed", id);
  }

  Answer answer(String request, Map<String, String> form) {
    String[] parts = request.split("[ /]+", 6);
    // POST v1 payment_intents [id [action]]
    String resource = parts.length > 2 ? parts[2] : "";
    String id = parts.length > 3 ? parts[3] : "";
    String action = parts.length > 4 ? parts[4] : "";
    boolean post = parts[0].equals("POST");
    List<Event> before = events();
    Answer answer;
    synchronized (this) {
      answer =
          switch (resource) {
            case "payment_intents" ->
                id.isEmpty() ? create(form) : ofIntent(id, post ? action : "retrieve", form);
            case "refunds" -> post ? refund(form) : list(form);
            default -> Answer.error(404, "invalid_request_error", null, "Unrecognized request URL");
          };
    }
    events().stream().skip(before.size()).forEach(whenItHappens);
    return answer;
  }

  private Answer create(Map<String, String> form) {
    if (Long.parseLong(form.getOrDefault("amount", "0")) < 50) {
      return Answer.error(
          400, "invalid_request_error", "amount_too_small", "Amount must be at least 0.50");
    }
    Intent intent = new Intent("pi_%d".formatted(intents.size() + 1), form);
    intents.put(intent.id, intent);
    happen("payment_intent.created", intent.id);
    return Answer.of(intent.json());
  }

  private Answer ofIntent(String id, String action, Map<String, String> form) {
    Intent intent = intents.get(id);
    if (intent == null) {
      return Answer.error(
          404, "invalid_request_error", "resource_missing", "No such payment_intent");
    }
    return switch (action) {
      case "retrieve" -> Answer.of(intent.json());
      case "confirm" -> confirm(intent, form);
      case "cancel" -> cancel(intent);
      default -> Answer.error(404, "invalid_request_error", null, "Unrecognized request URL");
    };
  }

  private Answer confirm(Intent intent, Map<String, String> form) {
    if (!intent.status.equals("requires_payment_method")) {
      return unexpected(intent);
    }
    String method =
        Optional.ofNullable(form.get("payment_method"))
            .orElseGet(() -> form.getOrDefault("payment_method_data[type]", ""));
    intent.error = null;
    switch (method) {
      case VISA -> {
        intent.status = "succeeded";
        happen("payment_intent.succeeded", intent.id);
      }
      case ASKS_THE_BUYER -> {
        intent.status = "requires_action";
        intent.next = JSON.createObjectNode().put("type", "use_stripe_sdk");
        happen("payment_intent.requires_action", intent.id);
      }
      case "pix" -> {
        intent.status = "requires_action";
        intent.next = JSON.createObjectNode().put("type", "pix_display_qr_code");
        intent
            .next
            .putObject("pix_display_qr_code")
            .put("data", "000201" + intent.id)
            .put("expires_at", Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
        happen("payment_intent.requires_action", intent.id);
      }
      case DECLINED -> {
        ObjectNode error = cardError("card_declined", "generic_decline");
        intent.error = error.deepCopy();
        happen("payment_intent.payment_failed", intent.id);
        ObjectNode body = JSON.createObjectNode();
        body.set("error", error);
        error.set("payment_intent", intent.json());
        return new Answer(402, body, false);
      }
      default -> {
        return Answer.error(
            400, "invalid_request_error", "resource_missing", "No such PaymentMethod");
      }
    }
    return Answer.of(intent.json());
  }

  private Answer cancel(Intent intent) {
    if (intent.status.equals("succeeded") || intent.status.equals("canceled")) {
      return unexpected(intent);
    }
    intent.status = "canceled";
    happen("payment_intent.canceled", intent.id);
    return Answer.of(intent.json());
  }

  private static Answer unexpected(Intent intent) {
    Answer answer =
        Answer.error(
            400,
            "invalid_request_error",
            "payment_intent_unexpected_state",
            "The status of this PaymentIntent is " + intent.status);
    ((ObjectNode) answer.body().get("error")).set("payment_intent", intent.json());
    return answer;
  }

  private Answer refund(Map<String, String> form) {
    Intent intent = intents.get(value(form, "payment_intent"));
    if (intent == null || !intent.status.equals("succeeded")) {
      return Answer.error(
          400, "invalid_request_error", "payment_intent_unexpected_state", "no successful charge");
    }
    long amount = Long.parseLong(value(form, "amount"));
    long before =
        refunds.stream()
            .filter(refund -> refund.intent().equals(intent.id))
            .mapToLong(Refund::amount)
            .sum();
    if (before + amount > intent.amount) {
      return Answer.error(
          400, "invalid_request_error", "charge_already_refunded", "more than was charged");
    }
    Refund refund =
        new Refund(
            "re_%d".formatted(refunds.size() + 1),
            intent.id,
            amount,
            value(form, "metadata[reserva_refund]"),
            newRefundsAre);
    refunds.add(refund);
    return Answer.of(refund.json());
  }

  private Answer list(Map<String, String> form) {
    ObjectNode list =
        JSON.createObjectNode()
            .put("object", "list")
            .put("has_more", false)
            .put("url", "/v1/refunds");
    ArrayNode data = list.putArray("data");
    refunds.stream()
        .filter(refund -> refund.intent().equals(value(form, "payment_intent")))
        .forEach(refund -> data.add(refund.json()));
    return Answer.of(list);
  }

  private static String value(Map<String, String> form, String name) {
    return Objects.requireNonNull(form.get(name), name);
  }

  private static ObjectNode cardError(String code, @Nullable String declineCode) {
    ObjectNode error =
        JSON.createObjectNode()
            .put("type", "card_error")
            .put("code", code)
            .put("message", "Your card was declined.");
    return declineCode == null ? error : error.put("decline_code", declineCode);
  }

  private Event happen(String type, String intent) {
    Event event = new Event("evt_%d".formatted(events.size() + 1), type, intent);
    events.add(event);
    return event;
  }
}
