package dev.reserva.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.cluster.Transport;
import dev.reserva.harness.Machine;
import dev.reserva.torture.scenarios.Scenarios;
import dev.reserva.torture.shop.Judge.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Report.Heading HEADING =
      new Report.Heading(
          LocalDate.of(2026, 11, 22),
          "abc123",
          new Machine("Fast One", 2, 8192, "Linux 6", "25", 0.5),
          42,
          Duration.ofMinutes(20));

  private static Outcome.Completed completed(int proven, Verdict verdict, List<String> findings) {
    return new Outcome.Completed(
        2,
        proven,
        verdict,
        List.of(Duration.ofSeconds(4), Duration.ofMillis(2_500)),
        findings,
        "a remark");
  }

  private static Verdict verdict(int lost) {
    return new Verdict(100, 3, 2, 102, lost, 0, 0, List.of(), 0, Duration.ofMillis(1_200));
  }

  @Test
  void a_row_tells_what_the_judge_found() {
    Map<Scenario, Outcome> outcomes = new LinkedHashMap<>();
    outcomes.put(Scenarios.all().getFirst(), completed(2, verdict(0), List.of()));

    assertThat(Report.of(HEADING, outcomes))
        .contains("commit abc123", "seed 42", "Fast One")
        .contains(
            "| 2 of 2: exit status 137 | 100 / 3 / 2 | 102 | 0 | 0 | 0 | 4.0 / 4.0 | 1.2 | a remark |");
  }

  @Test
  void a_scenario_passes_only_if_nothing_is_found_and_each_fault_is_proven() {
    assertThat(completed(2, verdict(0), List.of()).passed()).isTrue();
    assertThat(completed(1, verdict(0), List.of()).passed()).isFalse();
    assertThat(completed(2, verdict(1), List.of()).passed()).isFalse();
    assertThat(completed(2, verdict(0), List.of("smoke")).passed()).isFalse();
    assertThat(new Outcome.Aborted("fire").passed()).isFalse();
  }

  @Test
  void the_table_takes_the_place_of_the_last_one_and_leaves_the_prose(@TempDir Path folder)
      throws IOException {
    Path document = folder.resolve("reliability.md");
    Files.writeString(
        document,
        "before\n%s\nold\n%s\nafter\n"
            .formatted(Report.Place.ONE_SERVER.begin(), Report.Place.ONE_SERVER.end()));

    Report.write(document, Report.Place.ONE_SERVER, HEADING, Map.of());

    assertThat(Files.readString(document))
        .startsWith("before\n" + Report.Place.ONE_SERVER.begin() + "\n2026-11-22")
        .endsWith(Report.Place.ONE_SERVER.end() + "\nafter\n")
        .doesNotContain("old");
  }

  @Test
  void a_document_without_a_place_for_the_table_is_refused(@TempDir Path folder)
      throws IOException {
    Path document = folder.resolve("reliability.md");
    Files.writeString(document, "prose\n");

    assertThatThrownBy(() -> Report.write(document, Report.Place.ONE_SERVER, HEADING, Map.of()))
        .hasMessageContaining("lacks the line");
  }

  @Test
  void the_committed_document_has_a_place_for_the_table() throws IOException {
    String document = Files.readString(Path.of("../docs/reliability.md"));

    for (Report.Place place :
        List.of(
            Report.Place.ONE_SERVER,
            Report.Place.splitSystem(Transport.RABBITMQ),
            Report.Place.splitSystem(Transport.KAFKA))) {
      assertThat(document).containsOnlyOnce(place.begin()).containsOnlyOnce(place.end());
    }
  }
}
