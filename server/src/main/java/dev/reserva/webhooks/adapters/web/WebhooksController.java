package dev.reserva.webhooks.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.webhooks.adapters.web.WebhookViews.EndpointView;
import dev.reserva.webhooks.adapters.web.WebhookViews.SecretView;
import dev.reserva.webhooks.application.ChangeEndpoint;
import dev.reserva.webhooks.application.Endpoints;
import dev.reserva.webhooks.application.RegisterEndpoint;
import dev.reserva.webhooks.application.RotateSecret;
import dev.reserva.webhooks.domain.Endpoint;
import dev.reserva.webhooks.domain.EventFilter;
import dev.reserva.webhooks.domain.UrlRules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/webhooks}: the endpoints. */
@Tag(name = "webhooks", description = "Events posted to the shop's own systems.")
@RestController
@RequestMapping("/api/webhooks")
public final class WebhooksController {

  private final Commands commands;
  private final Transactions transactions;
  private final Endpoints endpoints;
  private final RegisterEndpoint registerEndpoint;
  private final ChangeEndpoint changeEndpoint;
  private final RotateSecret rotateSecret;
  private final UrlRules urls;

  public WebhooksController(
      Commands commands,
      Transactions transactions,
      Endpoints endpoints,
      RegisterEndpoint registerEndpoint,
      ChangeEndpoint changeEndpoint,
      RotateSecret rotateSecret,
      UrlRules urls) {
    this.commands = commands;
    this.transactions = transactions;
    this.endpoints = endpoints;
    this.registerEndpoint = registerEndpoint;
    this.changeEndpoint = changeEndpoint;
    this.rotateSecret = rotateSecret;
    this.urls = urls;
  }

  @Schema(name = "WebhookChange", description = "Replaces what the endpoint is and gets.")
  record ChangeBody(
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
      @Schema(maxLength = Endpoint.MAX_DESCRIPTION) @Nullable String description,
      @Nullable Boolean ordered,
      @Schema(description = "True probes a disabled endpoint; absent: as it is.")
          @Nullable Boolean enabled) {}

  @Operation(
      summary = "Register an endpoint",
      description = "It gets the events that are published from then on.")
  @Answers(status = 201, body = SecretView.class)
  @Refuses(
      status = 409,
      type = "too-many-webhooks",
      when = "there are as many endpoints as there may be")
  @PostMapping
  ResponseEntity<?> register(@RequestBody WebhookBody body, RequestContext request) {
    Endpoint.Target target =
        WebhookBody.target(body.url(), body.types(), body.description(), body.ordered(), urls);
    return commands.execute(
        request,
        tx ->
            switch (registerEndpoint.register(target, tx)) {
              case RegisterEndpoint.Outcome.Registered(Endpoint endpoint, String secret) ->
                  Answer.created("/api/webhooks/" + endpoint.id(), SecretView.of(endpoint, secret))
                      .recorded(
                          "webhooks.endpoint.register",
                          endpoint.id(),
                          Changes.now("url", target.url()));
              case RegisterEndpoint.Outcome.TooMany(int most) ->
                  throw Problem.conflict(
                      "too-many-webhooks",
                      "Too many endpoints",
                      "there are %d endpoints, and no more may be".formatted(most));
            });
  }

  @Operation(summary = "List endpoints")
  @GetMapping
  Page<EndpointView> list(PageRequest page) {
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx -> endpoints.list(before, page.limit() + 1, tx)),
            page,
            endpoint -> endpoint.id().toString())
        .map(EndpointView::of);
  }

  @Operation(summary = "Get an endpoint")
  @GetMapping("/{id}")
  EndpointView get(@PathVariable UUID id) {
    return transactions
        .snapshot(tx -> endpoints.find(id, tx))
        .map(EndpointView::of)
        .orElseThrow(() -> Problem.notFound("webhook", id));
  }

  @Operation(
      summary = "Change an endpoint",
      description =
          "One that is enabled again is PROBING: it gets a test event, and other events once it has"
              + " answered it with 2xx.")
  @Answers(body = EndpointView.class)
  @PutMapping("/{id}")
  ResponseEntity<?> change(
      @PathVariable UUID id, @RequestBody ChangeBody body, RequestContext request) {
    Endpoint.Target target =
        WebhookBody.target(body.url(), body.types(), body.description(), body.ordered(), urls);
    return commands.execute(
        request,
        tx -> {
          Endpoint changed =
              changeEndpoint
                  .change(id, target, body.enabled(), tx)
                  .orElseThrow(() -> Problem.notFound("webhook", id));
          return Answer.ok(EndpointView.of(changed))
              .recorded(
                  "webhooks.endpoint.change",
                  id,
                  Changes.now("url", target.url()).and("state", null, changed.state()));
        });
  }

  @Operation(summary = "Remove an endpoint", description = "Its deliveries and their log go too.")
  @Answers(status = 204)
  @DeleteMapping("/{id}")
  ResponseEntity<?> remove(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx -> {
          if (!endpoints.remove(id, tx)) {
            throw Problem.notFound("webhook", id);
          }
          return Answer.noContent().recorded("webhooks.endpoint.remove", id);
        });
  }

  @Operation(
      summary = "Rotate an endpoint's secret",
      description = "For a day, messages are signed with the new secret and the one before.")
  @Answers(body = SecretView.class)
  @PostMapping("/{id}/rotate-secret")
  ResponseEntity<?> rotate(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx -> {
          RotateSecret.Rotated rotated =
              rotateSecret.rotate(id, tx).orElseThrow(() -> Problem.notFound("webhook", id));
          return Answer.ok(SecretView.of(rotated.endpoint(), rotated.secret()))
              .recorded("webhooks.endpoint.rotate_secret", id);
        });
  }
}
