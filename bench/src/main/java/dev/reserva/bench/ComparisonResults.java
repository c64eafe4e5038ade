package dev.reserva.bench;

import dev.reserva.harness.Machine;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All figures of a comparison, as its results file contains them.
 *
 * @param at when the run began, RFC 3339
 * @param before the version that is the divisor of all ratios
 * @param after the version that is measured
 */
record ComparisonResults(
    String at,
    String before,
    String after,
    Machine machine,
    Settings options,
    List<ComparedPhase> phases,
    Verified verifiedBefore,
    Verified verifiedAfter) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The settings of the run. */
  record Settings(
      boolean quick,
      int turns,
      int skus,
      long warmUpSeconds,
      long phaseSeconds,
      long openLoopSeconds,
      long idleSeconds,
      long overloadSeconds,
      int overloadConnections,
      String heap,
      List<String> javaOptions) {

    static Settings of(Plan plan, List<String> javaOptions) {
      return new Settings(
          plan.quick(),
          plan.turns(),
          plan.skus(),
          plan.warmUp().toSeconds(),
          plan.phase().toSeconds(),
          plan.openLoop().toSeconds(),
          plan.idle().toSeconds(),
          plan.overload().toSeconds(),
          plan.overloadConnections(),
          ServerProcess.HEAP,
          javaOptions);
    }
  }

  String json() {
    return JSON.writeValueAsString(this);
  }

  /** The name of the results file. */
  String fileName() {
    return "%s-%s-against-%s%s.json"
        .formatted(at.substring(0, 10), after, before, options.quick() ? "-quick" : "");
  }
}
