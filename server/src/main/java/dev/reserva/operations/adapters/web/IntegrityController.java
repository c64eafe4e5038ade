package dev.reserva.operations.adapters.web;

import dev.reserva.operations.application.CheckIntegrity;
import dev.reserva.operations.application.CheckIntegrity.Report;
import dev.reserva.operations.application.Invariant.TimeIsUp;
import dev.reserva.platform.web.Problem;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/integrity}. */
@RestController
public final class IntegrityController {

  private final CheckIntegrity checkIntegrity;

  public IntegrityController(CheckIntegrity checkIntegrity) {
    this.checkIntegrity = checkIntegrity;
  }

  @GetMapping("/api/integrity")
  Report integrity() {
    try {
      return checkIntegrity.check();
    } catch (TimeIsUp e) {
      throw new Problem(
              503, "integrity-timeout", "The check took too long", String.valueOf(e.getMessage()))
          .withHeader("Retry-After", "60");
    }
  }
}
