package dev.reserva.notifications.application;

import dev.reserva.messaging.UnitOfWork;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** How many messages each recipient has had on a day. */
public interface Allowances {

  /**
   * Counts messages of recipients who have not had as many yet. A message that was counted before
   * is not counted again.
   *
   * @param most messages of one recipient on the day
   * @return the messages that may go
   */
  Set<UUID> take(List<Asked> asked, LocalDate day, int most, UnitOfWork tx);

  /** Forgets days. */
  int removeBefore(LocalDate day, int limit, UnitOfWork tx);

  /**
   * @param recipient fingerprint of the address
   */
  record Asked(UUID message, String recipient) {}
}
