package dev.reserva.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One phase of a comparison, in all turns.
 *
 * @param foreignBefore CPU time of other processes in each turn, while the version before was
 *     measured
 * @param foreignAfter the same for the version after
 */
public record ComparedPhase(
    String name,
    List<Figure> figures,
    List<ForeignCpu> foreignBefore,
    List<ForeignCpu> foreignAfter) {

  /**
   * One figure of both versions.
   *
   * @param before absent if the version before has no such figure, such as the time of a refusal
   * @param after absent if the version after has no such figure
   * @param ratio the spread of the turns' ratios; absent if no turn has one
   */
  public record Figure(
      String name,
      List<Turn> turns,
      @Nullable Spread before,
      @Nullable Spread after,
      @Nullable Spread ratio) {

    static Figure of(String name, List<Turn> turns) {
      return new Figure(
          name,
          turns,
          spread(turns, Turn::before),
          spread(turns, Turn::after),
          spread(turns, Turn::ratio));
    }

    private static @Nullable Spread spread(
        List<Turn> turns, Function<Turn, @Nullable Double> value) {
      List<Double> values = turns.stream().map(value).filter(Objects::nonNull).toList();
      return values.isEmpty() ? null : Spread.of(values);
    }
  }

  /**
   * One figure of one turn.
   *
   * @param ratio of after to before; absent if one is absent or before is 0
   */
  public record Turn(@Nullable Double before, @Nullable Double after, @Nullable Double ratio) {
    static Turn of(@Nullable Double before, @Nullable Double after) {
      Double ratio = before == null || after == null || before == 0 ? null : after / before;
      return new Turn(before, after, ratio);
    }
  }

  /**
   * Pairs the outcomes of the turns.
   *
   * @param before one outcome for each turn
   * @param after one outcome for each turn
   */
  public static ComparedPhase of(String name, List<PhaseOutcome> before, List<PhaseOutcome> after) {
    if (before.size() != after.size() || before.isEmpty()) {
      throw new IllegalArgumentException(
          "turns must come in pairs, were %d and %d".formatted(before.size(), after.size()));
    }
    Set<String> names = new LinkedHashSet<>();
    Stream.concat(after.stream(), before.stream())
        .forEach(outcome -> names.addAll(outcome.figures().keySet()));
    List<Figure> figures = new ArrayList<>();
    for (String figure : names) {
      figures.add(
          Figure.of(
              figure,
              IntStream.range(0, before.size())
                  .mapToObj(turn ->
                      Turn.of(
                          before.get(turn).figures().get(figure),
                          after.get(turn).figures().get(figure)))
                  .toList()));
    }
    return new ComparedPhase(
        name,
        figures,
        before.stream().map(PhaseOutcome::foreign).toList(),
        after.stream().map(PhaseOutcome::foreign).toList());
  }

  /** CPU time of other processes in the most disturbed turn. */
  public ForeignCpu worst() {
    return Stream.concat(foreignBefore.stream(), foreignAfter.stream())
        .reduce(ForeignCpu::worse)
        .orElseThrow();
  }
}
