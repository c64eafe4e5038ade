package dev.reserva.platform.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code ?limit=} and {@code ?cursor=} of a list. A controller takes it as a parameter.
 *
 * @param limit 1..200, 50 unless told
 * @param cursor as a page's {@code nextCursor} gave it; absent for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 200;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw Problem.invalid("?limit", "must be 1..%d, was %d".formatted(MAX_LIMIT, limit));
    }
  }

  /**
   * The cursor of a list that is ordered by UUIDv7, newest first: continue below this id.
   *
   * @throws Problem 400 when it is no such cursor
   */
  public @Nullable UUID before() {
    if (cursor == null) {
      return null;
    }
    try {
      return UUID.fromString(cursor);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("?cursor", "is not a cursor of this list");
    }
  }
}
