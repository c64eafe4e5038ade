package dev.reserva.bench.transports;

import dev.reserva.bench.Plan;
import dev.reserva.bench.Verified;
import dev.reserva.harness.Machine;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All figures of a run, as its results file contains them.
 *
 * @param at when the run began, RFC 3339
 * @param reference the check of the reference's orders
 */
public record TransportResults(
    String at,
    String commit,
    Machine machine,
    Settings options,
    List<SystemFigures> systems,
    Verified reference) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The settings of the run. */
  record Settings(
      boolean quick,
      int turns,
      int skus,
      List<Integer> clients,
      long warmUpSeconds,
      long phaseSeconds,
      long brokerSeconds) {

    static Settings of(Plan plan) {
      return new Settings(
          plan.quick(),
          plan.turns(),
          plan.skus(),
          plan.clients(),
          plan.warmUp().toSeconds(),
          plan.phase().toSeconds(),
          plan.openLoop().toSeconds());
    }
  }

  public String json() {
    return JSON.writeValueAsString(this);
  }

  /** The name of the results file. */
  public String fileName() {
    return "%s-%s-transports%s.json"
        .formatted(at.substring(0, 10), commit, options.quick() ? "-quick" : "");
  }
}
