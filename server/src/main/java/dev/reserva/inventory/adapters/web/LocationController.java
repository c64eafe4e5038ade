package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.application.ChangeLocation;
import dev.reserva.inventory.application.ChangeLocation.Changed;
import dev.reserva.inventory.application.Locations;
import dev.reserva.inventory.application.OpenLocation;
import dev.reserva.inventory.domain.Location;
import dev.reserva.inventory.domain.LocationCode;
import dev.reserva.messaging.Ids;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The places that hold stock, over HTTP. */
@Tag(name = "inventory", description = "The catalogue, stock and reservations.")
@RestController
public final class LocationController {

  private final Commands commands;
  private final Transactions transactions;
  private final Locations locations;
  private final Ids ids;
  private final OpenLocation openLocation;
  private final ChangeLocation changeLocation;

  public LocationController(
      Commands commands, Transactions transactions, Locations locations, Ids ids) {
    this.commands = commands;
    this.transactions = transactions;
    this.locations = locations;
    this.ids = ids;
    this.openLocation = new OpenLocation(locations);
    this.changeLocation = new ChangeLocation(locations);
  }

  @Operation(summary = "List locations", description = "By code. `MAIN` always exists.")
  @GetMapping("/api/inventory/locations")
  public Page<LocationView> list(PageRequest page) {
    LocationCode after = page.after() == null ? null : code(page.after());
    return Page.of(
            transactions.snapshot(tx -> locations.list(after, page.limit() + 1, tx)),
            page,
            location -> location.code().value())
        .map(LocationView::of);
  }

  private static LocationCode code(String cursor) {
    try {
      return LocationCode.of(cursor);
    } catch (IllegalArgumentException e) {
      throw PageRequest.foreign();
    }
  }

  @Operation(
      summary = "Create a location",
      description = "It holds nothing until stock is received or transferred there.")
  @Answers(status = 201, body = LocationView.class)
  @Refuses(status = 409, type = "location-exists", when = "there is a location of this code")
  @Refuses(status = 422, type = "too-many-locations", when = "there are as many as there may be")
  @PostMapping("/api/inventory/locations")
  public ResponseEntity<?> create(@RequestBody NewLocation body, RequestContext request) {
    Location location = body.parsed(ids.next());
    return commands.execute(
        request,
        tx ->
            switch (openLocation.open(location, request.cause(), tx)) {
              case ADDED -> {
                LocationView view = LocationView.of(location);
                yield Answer.created(
                        "/api/inventory/locations/"
                            + URLEncoder.encode(view.code(), StandardCharsets.UTF_8)
                                .replace("+", "%20"),
                        view)
                    .recorded(
                        "inventory.location.create",
                        view.code(),
                        Changes.now("name", view.name())
                            .and("priority", null, view.priority())
                            .and("active", null, view.active()));
              }
              case CODE_TAKEN ->
                  throw Problem.conflict(
                      "location-exists",
                      "Location exists",
                      "there is a location \"%s\" already".formatted(location.code()));
              case TOO_MANY ->
                  throw Problem.impossible(
                      "too-many-locations",
                      "Too many locations",
                      "there may be at most %d locations".formatted(Locations.MAX));
            });
  }

  @Operation(
      summary = "Change a location",
      description =
          "What is left out stays as it is. Orders are no longer served from a location that is not"
              + " active; what it holds for orders stays held.")
  @Answers(body = LocationView.class)
  @PutMapping("/api/inventory/locations/{code}")
  public ResponseEntity<?> change(
      @PathVariable String code, @RequestBody ChangedLocation body, RequestContext request) {
    ChangeLocation.Change change = body.parsed();
    return commands.execute(
        request,
        tx -> {
          Changed changed =
              known(code)
                  .flatMap(known -> changeLocation.change(known, change, request.cause(), tx))
                  .orElseThrow(() -> Problem.notFound("location", code));
          Location before = changed.before();
          Location after = changed.after();
          return Answer.ok(LocationView.of(after))
              .recorded(
                  "inventory.location.update",
                  after.code().value(),
                  Changes.of("name", before.name(), after.name())
                      .and("priority", before.priority(), after.priority())
                      .and("active", before.active(), after.active()));
        });
  }

  /** Empty for what cannot be a code. */
  private static Optional<LocationCode> known(String code) {
    try {
      return Optional.of(LocationCode.of(code));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A location as the API shows it. */
  record LocationView(
      @Schema(example = "LISBON") String code,
      @Schema(example = "Lisbon warehouse") String name,
      @Schema(description = "A lower number serves orders first.", example = "100") int priority,
      @Schema(description = "Whether orders are served from it.") boolean active) {
    static LocationView of(Location location) {
      return new LocationView(
          location.code().value(), location.name(), location.priority(), location.active());
    }
  }

  /** {@code POST /api/inventory/locations} */
  record NewLocation(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = LocationCode.MAX_LENGTH,
              example = "LISBON")
          @Nullable String code,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = Location.MAX_NAME,
              example = "Lisbon warehouse")
          @Nullable String name,
      @Schema(minimum = "0", maximum = "" + Location.MAX_PRIORITY, example = "100")
          @Nullable Integer priority,
      @Schema(defaultValue = "true") @Nullable Boolean active) {

    Location parsed(UUID id) {
      var errors = new InputErrors();
      var parsedCode = errors.required("/code", code, LocationCode::of);
      var parsedName = errors.required("/name", name, Location::name);
      var parsedPriority = errors.optional("/priority", priority, Location::priority);
      errors.throwIfAny();
      return new Location(
          id,
          Objects.requireNonNull(parsedCode),
          Objects.requireNonNull(parsedName),
          Objects.requireNonNullElse(parsedPriority, Location.DEFAULT_PRIORITY),
          Objects.requireNonNullElse(active, true));
    }
  }

  /** {@code PUT /api/inventory/locations/{code}}: what is left out stays as it is. */
  record ChangedLocation(
      @Schema(minLength = 1, maxLength = Location.MAX_NAME, example = "Lisbon warehouse")
          @Nullable String name,
      @Schema(minimum = "0", maximum = "" + Location.MAX_PRIORITY, example = "50")
          @Nullable Integer priority,
      @Nullable Boolean active) {

    ChangeLocation.Change parsed() {
      var errors = new InputErrors();
      var change =
          new ChangeLocation.Change(
              errors.optional("/name", name, Location::name),
              errors.optional("/priority", priority, Location::priority),
              active);
      errors.throwIfAny();
      return change;
    }
  }
}
