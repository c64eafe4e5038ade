package dev.reserva.notifications.adapters.web;

import dev.reserva.notifications.application.FindMessages;
import dev.reserva.notifications.application.History;
import dev.reserva.notifications.application.NewMessage;
import dev.reserva.notifications.application.QueueMessage;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Device;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Status;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notifications}: what was sent, and messages by hand. */
@Tag(name = "notifications", description = "What customers and operators are told.")
@RestController
public final class NotificationsController {

  private final FindMessages findMessages;
  private final QueueMessage queueMessage;
  private final Commands commands;

  public NotificationsController(
      FindMessages findMessages, QueueMessage queueMessage, Commands commands) {
    this.findMessages = findMessages;
    this.queueMessage = queueMessage;
    this.commands = commands;
  }

  @Operation(
      summary = "List messages",
      description = "Newest first. A customer gets those that it was sent itself.")
  @Input(name = "orderId", what = "Only messages about this order.")
  @Input(name = "type", what = "Only messages by this channel: email, sms or push.")
  @Input(name = "status", what = "Only messages in this status: PENDING, SENT, FAILED or SKIPPED.")
  @GetMapping("/api/notifications")
  public Page<NotificationView> list(
      @RequestParam(required = false) @Nullable UUID orderId,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String status,
      PageRequest page,
      RequestContext request) {
    var errors = new InputErrors();
    Channel channel = errors.parameter("type", type, Channel::ofWire);
    Status wanted = errors.parameter("status", status, Status::parse);
    errors.throwIfAny();
    var filter = new History.Filter(orderId, customer(request.caller()), channel, wanted);
    return Page.of(
            findMessages.list(filter, page.before(), page.limit() + 1),
            page,
            entry -> entry.id().toString())
        .map(NotificationView::of);
  }

  @Operation(
      summary = "Send an e-mail",
      description =
          "To an address, or to a customer by its id. It is sent once the answer is given; the list"
              + " shows what became of it.")
  @Answers(status = 202, body = NotificationView.class)
  @PostMapping("/api/notifications/email")
  public ResponseEntity<?> email(@RequestBody MessageBody body, RequestContext request) {
    return queued(Channel.EMAIL, body, request);
  }

  @Operation(
      summary = "Send an SMS",
      description =
          "To a telephone number, or to a customer by its id. It is sent once the answer is given;"
              + " the list shows what became of it.")
  @Answers(status = 202, body = NotificationView.class)
  @PostMapping("/api/notifications/sms")
  public ResponseEntity<?> sms(@RequestBody MessageBody body, RequestContext request) {
    return queued(Channel.SMS, body, request);
  }

  private ResponseEntity<?> queued(Channel channel, MessageBody body, RequestContext request) {
    QueueMessage.Command command = parsed(channel, body);
    return commands.execute(
        request,
        tx -> {
          NewMessage message = queueMessage.queue(command, tx).getFirst();
          return Answer.accepted(NotificationView.of(message))
              .recorded("notifications.message.send", message.id());
        });
  }

  /** The messages to the devices of a customer. */
  record PushView(
      @ArraySchema(minItems = 1, maxItems = Device.MOST) List<NotificationView> items) {}

  @Operation(
      summary = "Send a push message",
      description =
          "To each device of a customer. It is sent once the answer is given; the list shows what"
              + " became of it.")
  @Answers(status = 202, body = PushView.class)
  @Refuses(status = 422, type = "no-device", when = "the customer has registered no device")
  @PostMapping("/api/notifications/push")
  public ResponseEntity<?> push(@RequestBody MessageBody body, RequestContext request) {
    QueueMessage.Command command = parsed(Channel.PUSH, body);
    return commands.execute(
        request,
        tx -> {
          List<NewMessage> messages = queueMessage.queue(command, tx);
          if (messages.isEmpty()) {
            throw Problem.impossible(
                "no-device",
                "The customer has no device",
                "customer %s has registered no device".formatted(command.customerId()));
          }
          return Answer.accepted(new PushView(messages.stream().map(NotificationView::of).toList()))
              .recorded("notifications.message.send", Objects.requireNonNull(command.customerId()));
        });
  }

  private static QueueMessage.Command parsed(Channel channel, MessageBody body) {
    return body.parsed(channel, name -> Fact.ofTemplate(name).isPresent());
  }

  /** The customer whose messages the caller sees; null for staff, who see all. */
  private static @Nullable UUID customer(Caller caller) {
    return caller.isStaff() ? null : Customers.own(caller);
  }
}
