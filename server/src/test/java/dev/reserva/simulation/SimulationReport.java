package dev.reserva.simulation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Sums over many schedules. */
final class SimulationReport {

  private final Tally tally = new Tally();
  private final long started = System.nanoTime();
  private long schedules;
  private long steps;
  private long events;
  private long violations;
  private long fingerprint;

  void add(Verdict verdict) {
    schedules++;
    steps += verdict.steps();
    events += verdict.events();
    violations += verdict.violation() == null ? 0 : 1;
    fingerprint = fingerprint * 31 + verdict.fingerprint();
    tally.add(verdict.tally());
  }

  long violations() {
    return violations;
  }

  String progress() {
    return "  %,d schedules, %,d steps, %.1f s"
        .formatted(schedules, steps, (System.nanoTime() - started) / 1e9);
  }

  String table(Simulate.Options options) {
    var rows = new LinkedHashMap<String, Long>();
    rows.put("schedules", schedules);
    rows.put("steps", steps);
    rows.put("events", events);
    rows.put(
        "crashes",
        tally.of(
            Happening.DIED_AT_CALL,
            Happening.DIED_AT_EFFECT,
            Happening.DIED_AT_APPEND,
            Happening.DIED_AT_COMMIT,
            Happening.DIED_AT_ACKNOWLEDGE));
    rows.put("processes stopped past their lease", tally.of(Happening.STOPPED_PAST_ITS_LEASE));
    rows.put("fenced out", tally.of(Happening.FENCED));
    rows.put("duplicates", tally.of(Happening.DELIVERED_TWICE));
    rows.put("drops", tally.of(Happening.DELIVERY_LOST, Happening.ACKNOWLEDGEMENT_LOST));
    rows.put("delays", tally.of(Happening.DELIVERY_DELAYED));
    rows.put(
        "handler failures",
        tally.of(Happening.HANDLER_FAILED, Happening.HANDLER_FAILED_AFTER_ITS_EFFECT));
    rows.put("dead letters", tally.of(Happening.DEAD_LETTER));
    rows.put("orders acknowledged", tally.of(Happening.ORDER_ACKNOWLEDGED));
    rows.put("requests repeated", tally.of(Happening.REQUEST_REPEATED));
    rows.put("outcomes unknown to the caller", tally.of(Happening.OUTCOME_UNKNOWN));
    rows.put("confirmed", tally.of(Happening.ORDER_CONFIRMED));
    rows.put(
        "cancellations",
        tally.of(
            Happening.CANCELLED_OUT_OF_STOCK,
            Happening.CANCELLED_PAYMENT_FAILED,
            Happening.CANCELLED_RESERVATION_EXPIRED,
            Happening.CANCELLED_BY_CUSTOMER,
            Happening.CANCELLED_BY_OPERATOR,
            Happening.RETURNED));
    rows.put("failed at their deadline", tally.of(Happening.ORDER_FAILED_AT_ITS_DEADLINE));
    rows.put("expiries", tally.of(Happening.RESERVATION_EXPIRED));
    rows.put("refunds", tally.of(Happening.REFUNDED));
    rows.put("violations", violations);
    var table = new StringBuilder();
    for (Map.Entry<String, Long> row : rows.entrySet()) {
      table.append(String.format(Locale.ROOT, "%-36s %,14d%n", row.getKey(), row.getValue()));
    }
    if (!tally.never().isEmpty()) {
      table.append("never happened: ").append(tally.never()).append('\n');
    }
    return table
        .append(
            "seeds %d..%d%s, fingerprint %016x, %.1f s%n"
                .formatted(
                    options.first(),
                    options.first() + schedules - 1,
                    options.bug() == null ? "" : ", planted " + options.bug(),
                    fingerprint,
                    (System.nanoTime() - started) / 1e9))
        .toString();
  }
}
