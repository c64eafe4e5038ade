package dev.reserva.webhooks.adapters.web;

import dev.reserva.contracts.Contracts;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EventFilter;
import dev.reserva.webhooks.domain.UrlRules;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/webhooks}: the URL and what it gets. */
@Schema(name = "Webhook")
record WebhookBody(
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            maxLength = Endpoint.MAX_URL,
            example = "https://erp.shop.example/hooks/reserva")
        @Nullable String url,
    @ArraySchema(minItems = 1, maxItems = Endpoint.MAX_FILTERS)
        @Schema(
            requiredMode = RequiredMode.REQUIRED,
            maxLength = EventFilter.MAX_LENGTH,
            example = "sales.order.*",
            description = "Event types, prefixes such as `sales.order.*`, or `*` for all.")
        @Nullable List<@Nullable String> types,
    @Schema(maxLength = Endpoint.MAX_DESCRIPTION, example = "The ERP system")
        @Nullable String description,
    @Schema(description = "Whether a delivery waits for the earlier ones of its partition key.")
        @Nullable Boolean ordered) {

  /**
   * @throws dev.reserva.platform.web.Problem 400 with everything that is wrong
   */
  static Endpoint.Target target(
      @Nullable String url,
      @Nullable List<@Nullable String> types,
      @Nullable String description,
      @Nullable Boolean ordered,
      UrlRules rules) {
    var errors = new InputErrors();
    String checked = errors.required("/url", url, text -> rules.check(text).toString());
    List<EventFilter> filters = new ArrayList<>();
    if (errors.required("/types", types) != null) {
      List<@Nullable String> named = Objects.requireNonNull(types);
      if (named.isEmpty() || named.size() > Endpoint.MAX_FILTERS) {
        errors.add(
            "/types",
            "must have 1..%d entries, had %d".formatted(Endpoint.MAX_FILTERS, named.size()));
      } else {
        for (int i = 0; i < named.size(); i++) {
          EventFilter filter = errors.required("/types/" + i, named.get(i), WebhookBody::filter);
          if (filter != null) {
            filters.add(filter);
          }
        }
      }
    }
    String about = errors.optional("/description", description, WebhookBody::description);
    errors.throwIfAny();
    return new Endpoint.Target(
        Objects.requireNonNull(checked), filters, about, Boolean.TRUE.equals(ordered));
  }

  /** A filter that nothing matches is a mistake. */
  private static EventFilter filter(String text) {
    EventFilter filter = new EventFilter(text);
    if (Contracts.ALL.stream().noneMatch(contract -> filter.matches(contract.name()))) {
      throw new IllegalArgumentException(
          "must match a type of event, \"%s\" matches none".formatted(text));
    }
    return filter;
  }

  private static String description(String text) {
    if (text.length() > Endpoint.MAX_DESCRIPTION) {
      throw new IllegalArgumentException(
          "must have at most %d characters, had %d"
              .formatted(Endpoint.MAX_DESCRIPTION, text.length()));
    }
    return text;
  }
}
