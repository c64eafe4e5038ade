package dev.reserva.operations.application;

import dev.reserva.operations.application.CheckIntegrity.Check;
import dev.reserva.operations.application.CheckIntegrity.Report;
import dev.reserva.operations.application.Invariant.Tally;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Joins the reports of several databases. */
final class JoinedReports {

  private JoinedReports() {}

  /**
   * The checks by name: counts of a check that several databases have are added up. A violation of
   * another database begins with its name.
   */
  static Map<String, Check> of(Report own, Map<String, Report> others) {
    Map<String, Check> checks = new LinkedHashMap<>();
    own.checks().forEach(check -> checks.put(check.name(), check));
    others.forEach((database, report) ->
        report
            .checks()
            .forEach(
                check -> checks.merge(check.name(), of(database, check), JoinedReports::joined)));
    return checks;
  }

  private static Check of(String database, Check check) {
    return new Check(
        check.name(),
        check.ok(),
        check.checked(),
        check.violated(),
        check.inFlight(),
        check.violations().stream().map(text -> database + ": " + text).toList());
  }

  private static Check joined(Check one, Check other) {
    return new Check(
        one.name(),
        one.ok() && other.ok(),
        one.checked() + other.checked(),
        one.violated() + other.violated(),
        one.inFlight() + other.inFlight(),
        Stream.concat(one.violations().stream(), other.violations().stream())
            .limit(Tally.MAX_LISTED)
            .toList());
  }
}
