package dev.reserva.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table in plain characters, which every terminal and log can show. */
public final class Table {
  private static final String INDENT = "    ";
  private static final String GAP = "  ";

  private final List<String> heads;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<String> heads) {
    this.heads = heads;
  }

  public static Table of(String... heads) {
    return new Table(List.of(heads));
  }

  /** Adds a row with a cell for each column. */
  public Table row(Object... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(
          "cells must be %d, were %d".formatted(heads.size(), cells.length));
    }
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  /** Numbers stand at the right of their column, everything else at the left. */
  @Override
  public String toString() {
    List<Integer> widths = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (int column = 0; column < heads.size(); column++) {
      int c = column;
      widths.add(
          Math.max(
              heads.get(c).length(),
              rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0)));
      numeric.add(!rows.isEmpty() && rows.stream().allMatch(row -> isNumber(row.get(c))));
    }
    StringBuilder text = new StringBuilder();
    line(text, heads, widths, numeric);
    line(text, widths.stream().map("-"::repeat).toList(), widths, numeric);
    rows.forEach(row -> line(text, row, widths, numeric));
    return text.toString();
  }

  private static boolean isNumber(String cell) {
    return cell.matches("-?[0-9][0-9,.]*%?");
  }

  private static void line(
      StringBuilder text, List<String> cells, List<Integer> widths, List<Boolean> numeric) {
    List<String> padded = new ArrayList<>();
    for (int column = 0; column < cells.size(); column++) {
      String padding = " ".repeat(widths.get(column) - cells.get(column).length());
      padded.add(numeric.get(column) ? padding + cells.get(column) : cells.get(column) + padding);
    }
    text.append(padded.stream().collect(Collectors.joining(GAP, INDENT, "")).stripTrailing())
        .append('\n');
  }
}
