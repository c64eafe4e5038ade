package dev.reserva.torture;

import dev.reserva.cluster.Transport;
import dev.reserva.harness.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/** Writes the outcomes as a table into a document, between two markers. The rest of it stays. */
public final class Report {
  private Report() {}

  /**
   * A place in the document, between two lines.
   *
   * @param begin the line before it
   * @param end the line after it
   */
  public record Place(String begin, String end) {
    /** The table of faults of one server. */
    public static final Place ONE_SERVER =
        new Place("<!-- campaign: written by ./reserva torture -->", "<!-- end of campaign -->");

    /** The table of faults of a split system. */
    public static Place splitSystem(Transport transport) {
      return new Place(
          "<!-- campaign on %1$s: written by ./reserva torture --transport %1$s -->"
              .formatted(transport.label()),
          "<!-- end of campaign on %s -->".formatted(transport.label()));
    }
  }

  /** When the campaign ran, on which commit and which machine. */
  public record Heading(
      LocalDate date, String commit, Machine machine, long seed, Duration duration) {}

  /** Replaces the table at a place of the document. */
  public static void write(
      Path document, Place place, Heading heading, Map<Scenario, Outcome> outcomes)
      throws IOException {
    String text = Files.readString(document);
    int begin = text.indexOf(place.begin());
    int end = text.indexOf(place.end());
    if (begin < 0 || end < begin) {
      throw new IOException(
          "%s lacks the line %s or %s".formatted(document, place.begin(), place.end()));
    }
    Files.writeString(
        document,
        text.substring(0, begin + place.begin().length())
            + "\n"
            + of(heading, outcomes)
            + text.substring(end));
  }

  static String of(Heading heading, Map<Scenario, Outcome> outcomes) {
    Machine machine = heading.machine();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s · commit %s · %d cores (%s), %d MiB, %s, JDK %s · load before %.1f · seed %d · %d min%n%n",
            heading.date(),
            heading.commit(),
            machine.cores(),
            machine.processor(),
            machine.memoryMib(),
            machine.kernel(),
            machine.java(),
            machine.loadAverage(),
            heading.seed(),
            heading.duration().toMinutes()));
    text.append(
        """
        | scenario | fault | proven, by | ok / failed / unknown | acknowledged | lost | doubled | broken | recover s (median / longest) | drain s | remark |
        | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
        """);
    outcomes.forEach((scenario, outcome) -> text.append(row(scenario, outcome)));
    return text.toString();
  }

  private static String row(Scenario scenario, Outcome outcome) {
    String start = "| %s | %s | ".formatted(scenario.name(), scenario.fault());
    return switch (outcome) {
      case Outcome.Completed completed -> {
        var verdict = completed.verdict();
        String excused =
            verdict.excused() == 0
                ? ""
                : "%d orders expired by the shifted clock".formatted(verdict.excused());
        String remark =
            String.join(
                "; ",
                java.util.stream.Stream.of(
                        completed.remark(), excused, String.join("; ", completed.allFindings()))
                    .filter(part -> !part.isEmpty())
                    .toList());
        yield start
            + "%d of %d: %s | %d / %d / %d | %d | %d | %d | %d | %s | %s | %s |%n"
                .formatted(
                    completed.proven(),
                    completed.rounds(),
                    scenario.proof(),
                    verdict.ok(),
                    verdict.failed(),
                    verdict.unknown(),
                    verdict.acknowledged(),
                    verdict.lost(),
                    verdict.doubled(),
                    verdict.brokenCount() + completed.findings().size(),
                    completed.recovery(),
                    Outcome.seconds(verdict.drain()),
                    cell(remark));
      }
      case Outcome.NotPossible(var why) ->
          start + "not possible here | | | | | | | | %s |%n".formatted(cell(why));
      case Outcome.Aborted(var why) ->
          start + "**did not run to its end** | | | | | | | | %s |%n".formatted(cell(why));
    };
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }
}
