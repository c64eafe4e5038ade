package dev.reserva.operations.adapters.web;

import dev.reserva.operations.application.CheckTopology;
import dev.reserva.operations.application.CheckTopology.Report;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/topology}. */
@Tag(name = "topology", description = "Whether every event has a way to those who consume it.")
@RestController
public final class TopologyController {

  /** The route by which another process asks. */
  public static final String INTERNAL = "/internal/operations/topology";

  private final CheckTopology checkTopology;

  public TopologyController(CheckTopology checkTopology) {
    this.checkTopology = checkTopology;
  }

  @Operation(
      summary = "Check the ways of events",
      description =
          "Compares the catalogue of events with what services consume, and a broker's exchanges,"
              + " queues and topics with what each process expects. Changes nothing; one check at"
              + " a time.")
  @GetMapping("/api/topology")
  Report topology() {
    return checkTopology.check();
  }

  @Hidden
  @GetMapping(INTERNAL)
  Report ownTopology() {
    return checkTopology.checkOwn();
  }
}
