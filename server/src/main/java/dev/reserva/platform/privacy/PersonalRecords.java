package dev.reserva.platform.privacy;

import dev.reserva.messaging.UnitOfWork;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one service holds about a customer, for the export of a customer's own data. Each service
 * implements the part that it knows; no service reads another's tables.
 */
public interface PersonalRecords {

  /** Names the part, such as {@code orders}. */
  String name();

  /**
   * A page of the records, newest first, with nothing sealed in them.
   *
   * @param before continue before this id; null for the first page
   * @param limit most records of the page
   */
  Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot);

  /**
   * @param next the id before which the next page begins; absent at the end
   */
  record Part(List<?> records, @Nullable UUID next) {
    public Part {
      records = List.copyOf(records);
    }
  }
}
