package dev.reserva.inventory.adapters.web;

import dev.reserva.inventory.application.ImportProducts.Fate;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/** Counts what becomes of the lines of a file. */
final class ImportReport {

  /** More errors are only counted. */
  private static final int MOST_ERRORS = 1_000;

  private long created;
  private long updated;
  private long unchanged;
  private long refused;
  private final List<LineError> errors = new ArrayList<>();

  /**
   * @param lines below the heading; the sum of created, updated, unchanged and refused
   * @param errors of the refused lines, the first thousand
   */
  @Schema(name = "ImportReport")
  record View(
      @Schema(description = "Below the heading: created, updated, unchanged and refused together.")
          long lines,
      long created,
      long updated,
      long unchanged,
      @Schema(description = "Lines that changed nothing because of an error.") long refused,
      @Schema(description = "What is wrong with refused lines, the first thousand.")
          List<LineError> errors) {}

  /**
   * @param line of the file; the heading is line 1
   * @param field the column, or empty for the whole line
   */
  @Schema(name = "LineError")
  record LineError(
      @Schema(description = "The heading is line 1.", example = "17") long line,
      @Schema(example = "price") String field,
      String message) {}

  void refused(long line, List<ProductRows.Wrong> wrong) {
    refused++;
    wrong.forEach(one -> {
      if (errors.size() < MOST_ERRORS) {
        errors.add(new LineError(line, one.field(), one.message()));
      }
    });
  }

  void add(long line, Fate fate) {
    switch (fate) {
      case Fate.Created _ -> created++;
      case Fate.Updated _ -> updated++;
      case Fate.Unchanged _ -> unchanged++;
      case Fate.Refused(var field, var message) ->
          refused(line, List.of(new ProductRows.Wrong(field, message)));
    }
  }

  View view() {
    return new View(
        created + updated + unchanged + refused,
        created,
        updated,
        unchanged,
        refused,
        List.copyOf(errors));
  }
}
