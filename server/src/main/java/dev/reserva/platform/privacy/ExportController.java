package dev.reserva.platform.privacy;

import dev.reserva.messaging.Transactions;
import dev.reserva.messaging.UnitOfWork;
import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.privacy.PersonalRecords.Part;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import dev.reserva.platform.web.SecurityEvents;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /api/customers/{id}/export}: all that the services of this process hold about a customer.
 * Services that run in other processes answer there.
 */
@Tag(name = "privacy", description = "What is held about a customer.")
@RestController
public final class ExportController {

  /** Records of one part in one answer; the others follow by the part's {@code next}. */
  private static final int PAGE = 200;

  private final List<PersonalRecords> services;
  private final Transactions transactions;
  private final JsonMapper json;
  private final AuditTrail trail;
  private final Clock clock;

  ExportController(
      List<PersonalRecords> services,
      Transactions transactions,
      JsonMapper json,
      AuditTrail trail,
      Clock clock) {
    this.services = List.copyOf(services);
    this.transactions = transactions;
    this.json = json;
    this.trail = trail;
    this.clock = clock;
  }

  record ExportView(UUID customerId, Instant exportedAt, List<PartView> parts) {}

  /**
   * @param next where the part continues
   */
  record PartView(String name, List<JsonNode> records, @Nullable String next) {}

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
    List<PersonalRecords> asked = asked(part, before);
    List<PartView> parts =
        transactions.snapshot(
            tx -> asked.stream().map(records -> view(records, id, before, tx)).toList());
    if (before == null && parts.stream().allMatch(found -> found.records().isEmpty())) {
      throw Problem.notFound("customer", id);
    }
    trail.security(SecurityEvents.of(SecurityAction.DATA_EXPORTED, request).about(id));
    return new ExportView(id, clock.instant(), parts);
  }

  private List<PersonalRecords> asked(@Nullable String part, @Nullable UUID before) {
    if (part == null) {
      if (before != null) {
        throw Problem.invalid("?before", "needs ?part beside it");
      }
      return services;
    }
    List<PersonalRecords> asked =
        services.stream().filter(records -> records.name().equals(part)).toList();
    if (asked.isEmpty()) {
      throw Problem.invalid(
          "?part",
          services.stream()
              .map(PersonalRecords::name)
              .sorted()
              .collect(Collectors.joining(", ", "must be one of ", "")));
    }
    return asked;
  }

  private PartView view(
      PersonalRecords records, UUID customer, @Nullable UUID before, UnitOfWork tx) {
    Part page = records.of(customer, before, PAGE, tx);
    return new PartView(
        records.name(),
        page.records().stream().<JsonNode>map(json::valueToTree).toList(),
        page.next() == null
            ? null
            : "/api/customers/%s/export?part=%s&before=%s"
                .formatted(customer, records.name(), page.next()));
  }

  private static void requireVisible(UUID id, Caller caller) {
    if (!caller.isStaff() && !id.equals(caller.customerId())) {
      throw Problem.notFound("customer", id);
    }
  }
}
