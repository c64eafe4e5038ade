package dev.reserva.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The page of security answers every requirement of ASVS 5.0.0 up to level 2, by existing tests.
 */
class SecurityPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Path PAGE = ROOT.resolve("docs/security.md");

  /** A number, a list of numbers or a range of them in the first column. */
  private static final Pattern REQUIREMENT = Pattern.compile("^\\| ([0-9][0-9., –]*) \\|");

  /** The last requirement of levels 1 and 2 in each section of ASVS 5.0.0. */
  private static final String SECTIONS =
      """
      1.1.2 1.2.9 1.3.11 1.4.3 1.5.2
      2.1.3 2.2.3 2.3.4 2.4.1
      3.2.2 3.3.4 3.4.6 3.5.5 3.7.2
      4.1.3 4.2.1 4.3.2 4.4.4
      5.1.1 5.2.3 5.3.2 5.4.3
      6.1.3 6.2.12 6.3.4 6.4.4 6.5.5 6.6.3 6.8.4
      7.1.3 7.2.4 7.3.2 7.4.5 7.5.2 7.6.2
      8.1.2 8.2.3 8.3.1 8.4.1
      9.1.3 9.2.4
      10.1.2 10.2.2 10.3.4 10.4.11 10.5.5 10.6.2 10.7.3
      11.1.2 11.2.3 11.3.3 11.4.4 11.5.1 11.6.1
      12.1.3 12.2.2 12.3.4
      13.1.1 13.2.5 13.3.2 13.4.5
      14.1.2 14.2.4 14.3.3
      15.1.3 15.2.3 15.3.7
      16.1.1 16.2.5 16.3.4 16.4.3 16.5.3
      17.1.1 17.2.4 17.3.2
      """;

  private static final Pattern SECTION_ENDS = Pattern.compile("\\s+");

  /** Levels 1 and 2 have so many requirements. */
  private static final int REQUIREMENTS = 253;

  @Test
  void every_requirement_of_levels_1_and_2_has_one_line() throws IOException {
    List<String> wanted = wanted();
    assertThat(wanted).hasSize(REQUIREMENTS);
    Map<String, Integer> lines = new LinkedHashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = REQUIREMENT.matcher(line);
      if (row.find()) {
        numbers(row.group(1), wanted).forEach(number -> lines.merge(number, 1, Integer::sum));
      }
    }
    assertThat(lines.keySet()).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(lines.values()).containsOnly(1);
  }

  @Test
  void every_test_that_is_named_exists() throws IOException {
    NamedTests tests = NamedTests.ofAllModules(ROOT);
    List<String> missing = new ArrayList<>();
    int naming = 0;
    for (String line : Files.readAllLines(PAGE)) {
      missing.addAll(tests.missingIn(line));
      naming += NamedTests.names(line) ? 1 : 0;
    }
    assertThat(missing).isEmpty();
    assertThat(naming).isGreaterThan(100);
  }

  private static List<String> wanted() {
    List<String> wanted = new ArrayList<>();
    for (String last : SECTION_ENDS.split(SECTIONS.strip(), -1)) {
      int dot = last.lastIndexOf('.');
      for (int i = 1; i <= Integer.parseInt(last.substring(dot + 1)); i++) {
        wanted.add(last.substring(0, dot + 1) + i);
      }
    }
    return wanted;
  }

  /** The numbers of a first column. A range goes through the standard's order. */
  private static List<String> numbers(String column, List<String> wanted) {
    return Arrays.stream(column.split(", ", -1))
        .flatMap(part -> {
          String[] ends = part.strip().split("–", -1);
          int from = wanted.indexOf(ends[0]);
          int to = wanted.indexOf(ends[ends.length - 1]);
          assertThat(from).as(part).isNotNegative();
          assertThat(to).as(part).isGreaterThanOrEqualTo(from);
          return wanted.subList(from, to + 1).stream();
        })
        .toList();
  }
}
