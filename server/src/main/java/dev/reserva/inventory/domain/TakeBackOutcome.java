package dev.reserva.inventory.domain;

import java.util.List;

/** The result of {@link StockBook#takeBack}. */
public sealed interface TakeBackOutcome {

  /**
   * The goods are back.
   *
   * @param levels after the return, in the order of its lines; none if the goods are written off
   */
  record TakenBack(Return goods, List<StockLevel> levels) implements TakeBackOutcome {
    public TakenBack {
      levels = List.copyOf(levels);
    }
  }

  /** They were taken back before. */
  record TakenBackBefore() implements TakeBackOutcome {}

  /** The order does not have these goods; nothing changed. */
  record Impossible(String why) implements TakeBackOutcome {}
}
