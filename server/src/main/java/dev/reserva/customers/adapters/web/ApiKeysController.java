package dev.reserva.customers.adapters.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.customers.application.ApiKeys;
import dev.reserva.customers.application.MakeApiKey;
import dev.reserva.customers.application.RevokeApiKeys;
import dev.reserva.customers.domain.ApiKey;
import dev.reserva.customers.domain.ApiKeySecret;
import dev.reserva.customers.domain.KeyName;
import dev.reserva.customers.domain.UserRole;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Confidential;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/api-keys}: an administrator makes keys for programs. A key cannot make or revoke
 * keys, so that a key which was stolen ends when it is revoked.
 */
@Tag(name = "api-keys", description = "Keys with which programs call the API.")
@RestController
@RequestMapping("/api/api-keys")
public final class ApiKeysController {

  private final Commands commands;
  private final AuditTrail trail;
  private final Transactions transactions;
  private final ApiKeys keys;
  private final MakeApiKey making;
  private final RevokeApiKeys revoking;
  private final Clock clock;

  public ApiKeysController(
      Commands commands,
      AuditTrail trail,
      Transactions transactions,
      ApiKeys keys,
      MakeApiKey making,
      RevokeApiKeys revoking,
      Clock clock) {
    this.commands = commands;
    this.trail = trail;
    this.transactions = transactions;
    this.keys = keys;
    this.making = making;
    this.revoking = revoking;
    this.clock = clock;
  }

  record KeyBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              example = "Stock import of the warehouse",
              minLength = 1,
              maxLength = KeyName.MAX_LENGTH)
          @Nullable String name,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"admin", "operator", "warehouse"})
          @Nullable List<String> roles,
      @Schema(description = "At most 366 days from now; by default 365.")
          @Nullable Instant expiresAt) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record KeyView(
      UUID id,
      @Schema(example = "Stock import of the warehouse") String name,
      @Schema(description = "The key begins with `rsv_` and this.", example = "k3v7mq2a")
          String prefix,
      @Schema(implementation = UserRole.class) List<String> roles,
      @Schema(example = "admin") String createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt,
      @Schema(description = "To the minute.") @Nullable Instant lastUsedAt) {

    static KeyView of(ApiKey key) {
      return new KeyView(
          key.id(),
          key.name().value(),
          key.prefix(),
          names(key.roles()),
          key.maker().name(),
          key.createdAt(),
          key.expiresAt(),
          key.revokedAt(),
          key.lastUsedAt());
    }
  }

  record NewKey(
      UUID id,
      @Schema(example = "Stock import of the warehouse") String name,
      @Schema(example = "k3v7mq2a") String prefix,
      @Schema(implementation = UserRole.class) List<String> roles,
      @Schema(example = "admin") String createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Schema(
              description = "To send as `Authorization: Bearer <key>`. It is shown this once.",
              example = "rsv_k3v7mq2a_…")
          String key)
      implements Confidential {

    static NewKey of(ApiKey key, ApiKeySecret secret) {
      return new NewKey(
          key.id(),
          key.name().value(),
          key.prefix(),
          names(key.roles()),
          key.maker().name(),
          key.createdAt(),
          key.expiresAt(),
          secret.text());
    }

    /** The key stays out of logs. */
    @Override
    public String toString() {
      return "NewKey[id=%s, prefix=%s]".formatted(id, prefix);
    }
  }

  @Operation(
      summary = "Make an API key",
      description = "The key is revoked with its maker: when he is dismissed, or loses its roles.")
  @Answers(status = 201, body = NewKey.class)
  @Refuses(
      status = 409,
      type = "too-many-api-keys",
      when = "there are as many usable keys as there may be")
  @PostMapping
  ResponseEntity<?> make(@RequestBody KeyBody body, RequestContext request) {
    Instant now = clock.instant();
    var errors = new InputErrors();
    KeyName name = errors.required("/name", body.name(), KeyName::new);
    Set<UserRole> roles = UsersController.roles(body.roles(), errors);
    Instant expiresAt = errors.check("/expiresAt", () -> ApiKey.expiry(body.expiresAt(), now));
    errors.throwIfAny();
    KeyName checkedName = Objects.requireNonNull(name);
    Instant checkedExpiry = Objects.requireNonNull(expiresAt);
    ApiKey.Maker maker = maker(request.caller());
    return commands.execute(
        request,
        tx ->
            switch (making.make(checkedName, roles, checkedExpiry, maker, now, tx)) {
              case MakeApiKey.Outcome.Made(ApiKey key, ApiKeySecret secret) -> {
                trail.security(
                    SecurityEvents.of(SecurityAction.API_KEY_CREATED, request)
                        .about(key.id().toString()),
                    tx);
                yield Answer.created("/api/api-keys/" + key.id(), NewKey.of(key, secret))
                    .recorded(
                        "customers.api_key.make",
                        key.id(),
                        Changes.now("prefix", key.prefix())
                            .and("roles", null, String.join(", ", names(key.roles())))
                            .and("expiresAt", null, key.expiresAt()));
              }
              case MakeApiKey.Outcome.BeyondMaker(Set<UserRole> lacking) ->
                  throw Problem.forbidden(
                      "a key has no role that its maker does not have, and the caller is not %s"
                          .formatted(String.join(", ", names(lacking))));
              case MakeApiKey.Outcome.TooMany(int most) ->
                  throw Problem.conflict(
                      "too-many-api-keys",
                      "Too many API keys",
                      "there are %d usable keys, and no more may be; revoke one that is not used"
                          .formatted(most));
            });
  }

  @Operation(summary = "List API keys", description = "Revoked and expired ones, too.")
  @GetMapping
  Page<KeyView> list(PageRequest page) {
    UUID before = page.before();
    List<ApiKey> found = transactions.snapshot(tx -> keys.list(before, page.limit() + 1, tx));
    return Page.of(found, page, key -> key.id().toString()).map(KeyView::of);
  }

  @Operation(
      summary = "Revoke an API key",
      description = "Every process refuses it within two seconds.")
  @Answers(status = 204)
  @DeleteMapping("/{id}")
  ResponseEntity<?> revoke(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx ->
            switch (revoking.revoke(id, clock.instant(), tx)) {
              case RevokeApiKeys.Outcome.Revoked _ -> {
                trail.security(
                    SecurityEvents.of(SecurityAction.API_KEY_REVOKED, request).about(id.toString()),
                    tx);
                yield Answer.noContent().recorded("customers.api_key.revoke", id);
              }
              case RevokeApiKeys.Outcome.Unknown _ -> throw Problem.notFound("API key", id);
            });
  }

  private static ApiKey.Maker maker(Caller caller) {
    return new ApiKey.Maker(
        caller.name(),
        caller.accountId(),
        caller.roles().stream()
            .map(role ->
                switch (role) {
                  case ADMIN -> UserRole.ADMIN;
                  case OPERATOR -> UserRole.OPERATOR;
                  case WAREHOUSE -> UserRole.WAREHOUSE;
                  case CUSTOMER -> UserRole.CUSTOMER;
                })
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static List<String> names(Set<UserRole> roles) {
    return roles.stream().map(UserRole::wire).sorted().toList();
  }
}
