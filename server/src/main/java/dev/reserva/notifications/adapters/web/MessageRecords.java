package dev.reserva.notifications.adapters.web;

import dev.reserva.messaging.UnitOfWork;
import dev.reserva.notifications.application.History;
import dev.reserva.platform.privacy.PersonalRecords;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that a customer was sent. */
public final class MessageRecords implements PersonalRecords {

  private final History history;

  public MessageRecords(History history) {
    this.history = history;
  }

  @Override
  public String name() {
    return "notifications";
  }

  /** The history is read as it is, not on the snapshot: it may be on another database. */
  @Override
  public Part of(UUID customer, @Nullable UUID before, int limit, UnitOfWork snapshot) {
    var filter = new History.Filter(null, customer, null, null);
    List<History.Entry> entries = history.list(filter, before, limit + 1);
    boolean more = entries.size() > limit;
    List<History.Entry> page = more ? entries.subList(0, limit) : entries;
    return new Part(
        page.stream().map(NotificationView::of).toList(), more ? page.getLast().id() : null);
  }
}
