package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.Devices;
import dev.reserva.notifications.application.RegisterDevice;
import dev.reserva.notifications.domain.Device;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/notifications/devices}: the apps that a customer gets push messages with. */
@Tag(name = "notifications")
@RestController
@RequestMapping("/api/notifications/devices")
public final class DevicesController {

  private final Devices devices;
  private final RegisterDevice registerDevice;
  private final Transactions transactions;
  private final Commands commands;

  public DevicesController(
      Devices devices,
      RegisterDevice registerDevice,
      Transactions transactions,
      Commands commands) {
    this.devices = devices;
    this.registerDevice = registerDevice;
    this.transactions = transactions;
    this.commands = commands;
  }

  /** {@code POST /api/notifications/devices}. */
  @Schema(name = "DeviceRegistration")
  record DeviceBody(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = Device.MAX_TOKEN,
              description = "The registration token that the push service gave the app.",
              example = "bk3RNwTe3H0:CI2k_HHwgIpoDKCIZvvDMExUdFQ3P1")
          @Nullable String token) {

    /** Tokens stay out of logs. */
    @Override
    public String toString() {
      return "DeviceBody[]";
    }
  }

  /** A device, as answers show it: without its token. */
  @Schema(name = "Device")
  record DeviceView(UUID id, Instant createdAt) {

    static DeviceView of(Device device) {
      return new DeviceView(device.id(), device.createdAt());
    }
  }

  @Operation(
      summary = "Register a device",
      description =
          "A token that the customer has registered before is answered 200. One that another"
              + " customer has registered belongs to this customer from then on.")
  @Answers(status = 201, body = DeviceView.class)
  @Answers(body = DeviceView.class)
  @Refuses(
      status = 409,
      type = "too-many-devices",
      when = "the customer has as many devices as there may be")
  @Refuses(status = 404, type = "not-found", when = "the login belongs to no customer")
  @PostMapping
  public ResponseEntity<?> register(@RequestBody DeviceBody body, RequestContext request) {
    var errors = new InputErrors();
    String parsed = errors.required("/token", body.token(), Device::token);
    errors.throwIfAny();
    UUID customer = Customers.own(request.caller());
    String token = Objects.requireNonNull(parsed);
    return commands.execute(
        request,
        tx ->
            switch (registerDevice.register(customer, token, tx)) {
              case RegisterDevice.Outcome.Registered(Device device) ->
                  Answer.created(
                      "/api/notifications/devices/" + device.id(), DeviceView.of(device));
              case RegisterDevice.Outcome.Known(Device device) -> Answer.ok(DeviceView.of(device));
              case RegisterDevice.Outcome.TooMany(int most) ->
                  throw Problem.conflict(
                      "too-many-devices",
                      "Too many devices",
                      "the customer has %d devices, remove one first".formatted(most));
              case RegisterDevice.Outcome.Erased _ -> throw Problem.notFound("customer", customer);
            });
  }

  @Operation(
      summary = "List the customer's own devices",
      description = "A login that belongs to no customer has none.")
  @GetMapping
  public Page<DeviceView> list(PageRequest page, RequestContext request) {
    UUID customer = request.caller().customerId();
    if (customer == null) {
      return new Page<>(List.of(), null);
    }
    UUID before = page.before();
    return Page.of(
            transactions.snapshot(tx -> devices.list(customer, before, page.limit() + 1, tx)),
            page,
            device -> device.id().toString())
        .map(DeviceView::of);
  }

  @Operation(summary = "Remove a device", description = "It gets no push messages any more.")
  @Answers(status = 204)
  @DeleteMapping("/{id}")
  public ResponseEntity<?> remove(@PathVariable UUID id, RequestContext request) {
    UUID customer = Customers.own(request.caller());
    return commands.execute(
        request,
        tx -> {
          if (!devices.remove(customer, id, tx)) {
            throw Problem.notFound("device", id);
          }
          return Answer.noContent();
        });
  }
}
