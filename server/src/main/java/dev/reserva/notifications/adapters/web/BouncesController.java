package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.Bounces;
import dev.reserva.notifications.domain.Bounce;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notifications/bounces}: addresses that were refused for good. */
@Tag(name = "notifications")
@RestController
@RequestMapping("/api/notifications/bounces")
public final class BouncesController {

  private final Bounces bounces;
  private final Transactions transactions;
  private final Commands commands;

  public BouncesController(Bounces bounces, Transactions transactions, Commands commands) {
    this.bounces = bounces;
    this.transactions = transactions;
    this.commands = commands;
  }

  /** An address that gets nothing, as answers show it: by the message that it refused. */
  @Schema(name = "Bounce")
  record BounceView(
      @Schema(description = "Id of the message that was refused.") UUID id,
      @Schema(allowableValues = {"email", "sms", "push"}) String type,
      @Nullable UUID customerId,
      @Schema(description = "As the provider gave it.", example = "reply 550") String reason,
      Instant createdAt) {

    static BounceView of(Bounce bounce) {
      return new BounceView(
          bounce.messageId(),
          bounce.channel().wire(),
          bounce.customerId(),
          bounce.reason(),
          bounce.at());
    }
  }

  @Operation(
      summary = "List addresses that were refused for good",
      description = "Nothing is sent to them. An address is stored as a keyed hash alone.")
  @GetMapping
  public Page<BounceView> list(PageRequest page) {
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx -> bounces.list(before, page.limit() + 1, tx)),
            page,
            bounce -> bounce.messageId().toString())
        .map(BounceView::of);
  }

  @Operation(summary = "Send to an address again", description = "From the next message on.")
  @Answers(status = 204)
  @DeleteMapping("/{id}")
  public ResponseEntity<?> remove(@PathVariable UUID id, RequestContext request) {
    return commands.execute(
        request,
        tx -> {
          if (!bounces.remove(id, tx)) {
            throw Problem.notFound("bounce", id);
          }
          return Answer.noContent().recorded("notifications.bounce.remove", id);
        });
  }
}
