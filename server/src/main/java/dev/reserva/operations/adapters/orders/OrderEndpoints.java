package dev.reserva.operations.adapters.orders;

import static dev.reserva.operations.application.SystemOrders.MOST;

import dev.reserva.operations.application.SystemOrders.Log;
import dev.reserva.operations.application.SystemOrders.Records;
import dev.reserva.operations.application.SystemOrders.Waiting;
import dev.reserva.operations.domain.Blockade;
import dev.reserva.platform.web.InputErrors;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /internal/operations/orders}: what this process and its database know of orders, for the
 * timeline and the list of stuck orders of another process.
 */
@Hidden
@RestController
public final class OrderEndpoints {

  static final String PATH = "/internal/operations/orders";

  /** What the services of this process have on record about an order. */
  public static final String RECORDS = PATH + "/{id}/records";

  /** What the database has published and not handled of an order. */
  public static final String LOG = PATH + "/{id}/log";

  public static final String PAST_HALF = PATH + "/past-half";
  public static final String WAITING = PATH + "/waiting";
  public static final String BLOCKADES = PATH + "/blockades";

  /** Most keys that are asked about: those of all blockades of several databases. */
  private static final int MOST_IDS = 10 * MOST;

  private final OwnOrders own;

  public OrderEndpoints(OwnOrders own) {
    this.own = own;
  }

  record WaitingList(List<Waiting> orders) {}

  record BlockadeList(List<Blockade> blockades) {}

  /** Ids of orders, or of other things that events are kept in order by. */
  record Keys(@Nullable List<UUID> ids) {}

  @GetMapping(RECORDS)
  Records records(@PathVariable UUID id) {
    return own.records(id);
  }

  @GetMapping(LOG)
  Log log(@PathVariable UUID id) {
    return own.log(id, true);
  }

  @GetMapping(PAST_HALF)
  WaitingList pastHalf(
      @RequestParam(required = false) @Nullable UUID before, @RequestParam int limit) {
    return new WaitingList(own.pastHalf(before, checked(limit)));
  }

  @PostMapping(WAITING)
  WaitingList waiting(@RequestBody Keys body) {
    InputErrors errors = new InputErrors();
    List<UUID> ids = errors.required("/ids", body.ids());
    if (ids != null && ids.size() > MOST_IDS) {
      errors.add("/ids", "must have at most %d ids, had %d".formatted(MOST_IDS, ids.size()));
    }
    errors.throwIfAny();
    return new WaitingList(own.waiting(Objects.requireNonNull(ids)));
  }

  @GetMapping(BLOCKADES)
  BlockadeList blockades(
      @RequestParam(required = false) @Nullable UUID before, @RequestParam int limit) {
    return new BlockadeList(own.blockades(before, checked(limit)));
  }

  private static int checked(int limit) {
    InputErrors errors = new InputErrors();
    if (limit < 1 || limit > MOST) {
      errors.add("?limit", "must be 1..%d, was %d".formatted(MOST, limit));
    }
    errors.throwIfAny();
    return limit;
  }
}
