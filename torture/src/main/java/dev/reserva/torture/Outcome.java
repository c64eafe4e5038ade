package dev.reserva.torture;

import dev.reserva.torture.shop.Judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The outcome of a scenario. */
public sealed interface Outcome {

  /** Whether nothing wrong was found. */
  boolean passed();

  /**
   * The scenario ran to its end.
   *
   * @param rounds how often the fault was injected
   * @param proven how often it is proven that the fault happened
   * @param verdict on all orders
   * @param recoveries from the end of each fault to the first acknowledgement of an order sent
   *     after it
   * @param findings what the scenario itself found wrong
   * @param remark further information; may be empty
   */
  record Completed(
      int rounds,
      int proven,
      Verdict verdict,
      List<Duration> recoveries,
      List<String> findings,
      String remark)
      implements Outcome {

    public Completed {
      recoveries = List.copyOf(recoveries);
      findings = List.copyOf(findings);
    }

    @Override
    public boolean passed() {
      return verdict.clean() && findings.isEmpty() && proven == rounds;
    }

    /** The same outcome with another remark. */
    public Completed withRemark(String text) {
      return new Completed(rounds, proven, verdict, recoveries, findings, text);
    }

    /** Texts of everything that is wrong. */
    public List<String> allFindings() {
      List<String> all = new ArrayList<>(findings);
      all.addAll(verdict.broken());
      if (proven != rounds) {
        all.add("the fault is proven %d times of %d".formatted(proven, rounds));
      }
      return all;
    }

    /** Median and longest recovery in seconds, such as {@code 3.1 / 4.0}. */
    public String recovery() {
      return recoveries.isEmpty() ? "–" : medianAndLongest(recoveries);
    }
  }

  /** The scenario cannot run on this machine. */
  record NotPossible(String why) implements Outcome {
    @Override
    public boolean passed() {
      return true;
    }
  }

  /** The scenario did not run to its end, perhaps because of the server. */
  record Aborted(String why) implements Outcome {
    @Override
    public boolean passed() {
      return false;
    }
  }

  /** Median and longest of at least one duration in seconds, such as {@code 3.1 / 4.0}. */
  static String medianAndLongest(List<Duration> durations) {
    List<Duration> sorted = durations.stream().sorted().toList();
    return "%s / %s".formatted(seconds(sorted.get(sorted.size() / 2)), seconds(sorted.getLast()));
  }

  /** Seconds with one decimal, such as {@code 3.1}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
