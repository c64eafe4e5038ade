package dev.reserva.platform.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest first.
 *
 * @param nextCursor opaque; absent (written as null) on the last page
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Makes a page from the rows of a query whose limit was one more than the page's.
   *
   * @param rows at most one more than the limit of the page
   * @param place gives the place of a row in the list; the next page continues after it
   */
  public static <T> Page<T> of(List<T> rows, PageRequest page, Function<T, String> place) {
    int limit = page.limit();
    return rows.size() <= limit
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, limit), page.cursor(place.apply(rows.get(limit - 1))));
  }

  public <R> Page<R> map(Function<T, R> view) {
    return new Page<>(items.stream().map(view).toList(), nextCursor);
  }
}
