package dev.reserva.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of guarantees names tests: each of them exists. */
class GuaranteesTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern SCENARIO = Pattern.compile("`([a-z]+(?:-[a-z]+)*)`");

  @Test
  void every_promise_names_a_test_and_every_test_named_exists() throws IOException {
    NamedTests tests = NamedTests.ofAllModules(ROOT);
    List<String> missing = new ArrayList<>();
    int promises = 0;
    boolean promised = false;
    for (String line : Files.readAllLines(ROOT.resolve("GUARANTEES.md"))) {
      if (line.startsWith("## ")) {
        promised = line.equals("## Promised");
      }
      boolean promise =
          promised
              && line.startsWith("| ")
              && !line.startsWith("| promise")
              && !line.startsWith("| ---");
      missing.addAll(tests.missingIn(line));
      if (promise) {
        promises++;
        if (!NamedTests.names(line)) {
          missing.add("no test for: " + line);
        }
      }
    }
    assertThat(promises).isGreaterThan(20);
    assertThat(missing).isEmpty();
  }

  /** The words "in the campaign" are followed by names of its scenarios. */
  @Test
  void every_scenario_that_is_named_was_played_in_the_last_campaign() throws IOException {
    String campaign = Files.readString(ROOT.resolve("docs/reliability.md"));
    List<String> named =
        Files.readAllLines(ROOT.resolve("GUARANTEES.md")).stream()
            .filter(line -> line.contains("campaign"))
            .flatMap(line -> SCENARIO.matcher(line.substring(line.indexOf("campaign"))).results())
            .map(scenario -> scenario.group(1))
            .toList();
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(named).allSatisfy(scenario -> assertThat(campaign).contains("| " + scenario + " |"));
  }
}
