package dev.reserva.operations.adapters.web;

import dev.reserva.operations.adapters.web.DeadLetterViews.Kind;
import dev.reserva.operations.adapters.web.DeadLetterViews.Listing;
import dev.reserva.operations.adapters.web.DeadLetterViews.Story;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /internal/operations/dlq}: the dead letters of this database, for another process. */
@Hidden
@RestController
public final class DeadLetterEndpoints {

  /** The route of the list. */
  public static final String LIST = DeadLetterLists.INTERNAL;

  /** The route of a single one. */
  public static final String ONE = DeadLetterLists.INTERNAL + "/{id}";

  /** One more than a page of the whole system may have. */
  private static final int MOST = PageRequest.MAX_LIMIT + 1;

  private final DeadLetterLists lists;

  public DeadLetterEndpoints(DeadLetterLists lists) {
    this.lists = lists;
  }

  @GetMapping(LIST)
  Listing list(
      @RequestParam(required = false) @Nullable UUID before,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam int limit) {
    InputErrors errors = new InputErrors();
    Kind only = errors.parameter("kind", kind, Kind::of);
    if (limit < 1 || limit > MOST) {
      errors.add("?limit", "must be 1..%d, was %d".formatted(MOST, limit));
    }
    errors.throwIfAny();
    return lists.own(before, limit, only);
  }

  @GetMapping(ONE)
  Story find(@PathVariable UUID id) {
    return lists.own(id).orElseThrow(() -> Problem.notFound("dead letter", id));
  }
}
