package dev.reserva.torture;

import dev.reserva.torture.shop.Judge.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What came of a scenario. */
public sealed interface Outcome {

  /** Whether nothing speaks against the server, as far as it was looked at. */
  boolean passed();

  /**
   * It was played to the end.
   *
   * @param rounds how often the fault was to strike
   * @param struck how often it was proven that it did
   * @param verdict on all orders
   * @param recoveries from the fault's end to the first acknowledgement of an order sent after it
   * @param findings what the scenario itself found wrong
   * @param remark what else is worth knowing; may be empty
   */
  record Played(
      int rounds,
      int struck,
      Verdict verdict,
      List<Duration> recoveries,
      List<String> findings,
      String remark)
      implements Outcome {

    public Played {
      recoveries = List.copyOf(recoveries);
      findings = List.copyOf(findings);
    }

    @Override
    public boolean passed() {
      return verdict.clean() && findings.isEmpty() && struck == rounds;
    }

    /** The same with another remark. */
    public Played withRemark(String words) {
      return new Played(rounds, struck, verdict, recoveries, findings, words);
    }

    /** All that is wrong, in words. */
    public List<String> complaints() {
      List<String> all = new ArrayList<>(findings);
      all.addAll(verdict.broken());
      if (struck != rounds) {
        all.add("the fault is proven %d times of %d".formatted(struck, rounds));
      }
      return all;
    }

    /** Median and longest recovery in seconds, such as {@code 3.1 / 4.0}. */
    public String recovery() {
      if (recoveries.isEmpty()) {
        return "–";
      }
      List<Duration> sorted = recoveries.stream().sorted().toList();
      Duration median = sorted.get(sorted.size() / 2);
      return "%s / %s".formatted(seconds(median), seconds(sorted.getLast()));
    }
  }

  /** This machine does not allow it. */
  record NotPossible(String why) implements Outcome {
    @Override
    public boolean passed() {
      return true;
    }
  }

  /** It could not be played to its end, which may be the server's fault. */
  record Aborted(String why) implements Outcome {
    @Override
    public boolean passed() {
      return false;
    }
  }

  /** Such as {@code 3.1}. */
  static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
  }
}
