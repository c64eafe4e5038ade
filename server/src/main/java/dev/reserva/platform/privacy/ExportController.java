package dev.reserva.platform.privacy;

import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.privacy.Export.Held;
import dev.reserva.platform.privacy.Export.PartView;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * {@code /api/customers/{id}/export}: all that the services hold about a customer, of this process
 * and of the other databases that it knows.
 */
@Tag(name = "privacy", description = "What is held about a customer.")
@RestController
public final class ExportController {

  private final Export export;
  private final Members members;
  private final AuditTrail trail;
  private final Clock clock;

  ExportController(Export export, Members members, AuditTrail trail, Clock clock) {
    this.export = export;
    this.members = members;
    this.trail = trail;
    this.clock = clock;
  }

  record ExportView(UUID customerId, Instant exportedAt, List<PartView> parts) {}

  @Operation(
      summary = "Export what is held about a customer",
      description =
          "A part for each service, with its newest 200 records; a part's `next` leads to the"
              + " others. A customer gets its own data only.")
  @Input(name = "part", what = "Only this part.")
  @Input(name = "before", what = "Continues a part before this record.")
  @GetMapping("/api/customers/{id}/export")
  ExportView export(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String part,
      @RequestParam(required = false) @Nullable UUID before,
      RequestContext request) {
    requireVisible(id, request.caller());
    if (part == null && before != null) {
      throw Problem.invalid("?before", "needs ?part beside it");
    }
    List<Held> held = held(id, part, before);
    List<PartView> parts = held.stream().flatMap(one -> one.parts().stream()).toList();
    if (part != null && parts.isEmpty()) {
      throw Problem.invalid(
          "?part",
          held.stream()
              .flatMap(one -> one.names().stream())
              .sorted()
              .collect(Collectors.joining(", ", "must be one of ", "")));
    }
    if (before == null && parts.stream().allMatch(found -> found.records().isEmpty())) {
      throw Problem.notFound("customer", id);
    }
    trail.security(SecurityEvents.of(SecurityAction.DATA_EXPORTED, request).about(id));
    return new ExportView(id, clock.instant(), parts);
  }

  private List<Held> held(UUID id, @Nullable String part, @Nullable UUID before) {
    List<Held> held = new ArrayList<>();
    held.add(export.read(id, part, before));
    if (!members.none()) {
      String path =
          UriComponentsBuilder.fromPath(ExportEndpoint.PATH + id)
              .queryParamIfPresent("part", Optional.ofNullable(part))
              .queryParamIfPresent("before", Optional.ofNullable(before))
              .encode()
              .toUriString();
      held.addAll(members.each(name -> members.ask(name, path, Members.SOON, Held.class)).values());
    }
    return held;
  }

  private static void requireVisible(UUID id, Caller caller) {
    if (!caller.isStaff() && !id.equals(caller.customerId())) {
      throw Problem.notFound("customer", id);
    }
  }
}
