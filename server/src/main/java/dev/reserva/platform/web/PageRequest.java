package dev.reserva.platform.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code ?limit=} and {@code ?cursor=} of a list. A controller takes it as a parameter.
 *
 * <p>A cursor names the list and the filter that it continues, so that it cannot be used with
 * another one. It is opaque: its form may change.
 *
 * @param limit 1..200, by default 50
 * @param after where the previous page ended, as it was passed to {@link #cursor}; absent for the
 *     first page
 * @param list identifies the list and its filter
 */
public record PageRequest(int limit, @Nullable String after, String list) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  public static final String LIMIT = "limit";
  public static final String CURSOR = "cursor";

  private static final char SEPARATOR = ':';

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Problem.invalid("?limit", "must be 1..%d, was %d".formatted(MAX_LIMIT, limit));
    }
  }

  /**
   * @param list identifies the list and its filter; without a colon
   * @throws Problem 400 if the cursor belongs to another list or is ill-formed
   */
  public static PageRequest of(int limit, @Nullable String cursor, String list) {
    if (cursor == null || cursor.isEmpty()) {
      return new PageRequest(limit, null, list);
    }
    String decoded;
    try {
      decoded = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
    int separator = decoded.indexOf(SEPARATOR);
    if (separator < 0 || !decoded.substring(0, separator).equals(list)) {
      throw foreign();
    }
    return new PageRequest(limit, decoded.substring(separator + 1), list);
  }

  /**
   * The cursor of the next page.
   *
   * @param last the place of the page's last row; {@link #after} of the next request returns it
   */
  public String cursor(String last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((list + SEPARATOR + last).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The id below which a list ordered by UUIDv7, newest first, continues.
   *
   * @throws Problem 400 if the cursor contains no id
   */
  public @Nullable UUID before() {
    if (after == null) {
      return null;
    }
    try {
      return UUID.fromString(after);
    } catch (IllegalArgumentException e) {
      throw foreign();
    }
  }

  /** 400: the cursor does not belong to this list. */
  public static Problem foreign() {
    return Problem.invalid("?cursor", "must be a nextCursor of this list with the same filter");
  }
}
