package dev.reserva.operations.adapters.web;

import dev.reserva.operations.application.CheckIntegrity;
import dev.reserva.operations.application.CheckIntegrity.Report;
import dev.reserva.operations.application.Invariant.TimeIsUp;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/integrity}, and what a process tells operations of its own database. */
@Tag(name = "integrity", description = "Whether the books agree.")
@RestController
public final class IntegrityController {

  /** The checks of this database, for the process that runs operations. */
  public static final String INTERNAL = "/internal/operations/integrity";

  private static final Duration AFTER_TIME_OUT = Duration.ofSeconds(60);

  private final CheckIntegrity checkIntegrity;

  public IntegrityController(CheckIntegrity checkIntegrity) {
    this.checkIntegrity = checkIntegrity;
  }

  @Operation(
      summary = "Check every invariant",
      description = "Counts live, in one snapshot; one check at a time.")
  @Refuses(status = 503, type = "integrity-timeout", when = "counting takes too long")
  @GetMapping("/api/integrity")
  Report integrity() {
    return inTime(checkIntegrity::check);
  }

  @Hidden
  @GetMapping(INTERNAL)
  Report ofThisDatabase() {
    return inTime(checkIntegrity::checkOwn);
  }

  private static Report inTime(Supplier<Report> check) {
    try {
      return check.get();
    } catch (TimeIsUp e) {
      throw new Problem(
              503, "integrity-timeout", "The check took too long", String.valueOf(e.getMessage()))
          .withHeader("Retry-After", Long.toString(AFTER_TIME_OUT.toSeconds()));
    }
  }
}
