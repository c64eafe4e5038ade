package dev.reserva.operations.adapters.web;

import dev.reserva.operations.application.ReadHealth;
import dev.reserva.operations.domain.Health;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Role;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/health}: always 200, whatever the health. Probes use {@code /actuator/health}.
 */
@Tag(name = "health", description = "How the system fares.")
@RestController
public final class HealthController {

  private final ReadHealth readHealth;

  public HealthController(ReadHealth readHealth) {
    this.readHealth = readHealth;
  }

  @Operation(
      summary = "Tell how the system fares",
      description =
          "Answers 200 whatever it tells; probes ask `/actuator/health`. Only operators are told"
              + " reasons and backlogs.")
  @GetMapping("/api/health")
  ResponseEntity<Health> health(RequestContext request) {
    Caller caller = request.caller();
    Health health = readHealth.read();
    return ResponseEntity.ok()
        .body(
            caller.is(Role.ADMIN) || caller.is(Role.OPERATOR) ? health : health.withoutBacklogs());
  }
}
