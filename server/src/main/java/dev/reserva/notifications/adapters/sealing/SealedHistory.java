package dev.reserva.notifications.adapters.sealing;

import dev.reserva.messaging.Transactions;
import dev.reserva.notifications.application.History;
import dev.reserva.platform.privacy.SubjectKey;
import dev.reserva.platform.privacy.SubjectKeys;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A history in which address and words are sealed with the key that this database has of the
 * customer. Once the key is destroyed they are empty.
 */
public final class SealedHistory implements History {

  private static final String RECIPIENT = "notification.recipient";
  private static final String SUBJECT = "notification.subject";
  private static final String CONTENT = "notification.content";

  private final History history;
  private final SubjectKeys keys;
  private final Transactions transactions;

  public SealedHistory(History history, SubjectKeys keys, Transactions transactions) {
    this.history = history;
    this.keys = keys;
    this.transactions = transactions;
  }

  @Override
  public void save(List<Entry> entries) {
    Set<UUID> customers = customers(entries);
    Map<UUID, SubjectKey> known =
        customers.isEmpty() ? Map.of() : transactions.call(tx -> keys.obtain(customers, tx));
    history.save(
        entries.stream()
            .map(entry ->
                entry.customerId() == null ? entry : sealed(entry, known.get(entry.customerId())))
            .toList());
  }

  private static Entry sealed(Entry entry, @Nullable SubjectKey key) {
    return key == null
        ? with(entry, "", "", "")
        : with(
            entry,
            key.seal(RECIPIENT, entry.recipient()),
            key.seal(SUBJECT, entry.subject()),
            key.seal(CONTENT, entry.content()));
  }

  @Override
  public void settle(List<End> ends) {
    history.settle(ends);
  }

  @Override
  public List<Entry> find(Collection<UUID> ids) {
    return opened(history.find(ids));
  }

  @Override
  public List<Entry> list(Filter filter, @Nullable UUID before, int limit) {
    return opened(history.list(filter, before, limit));
  }

  @Override
  public int removeCreatedBefore(Instant before, int limit) {
    return history.removeCreatedBefore(before, limit);
  }

  private List<Entry> opened(List<Entry> entries) {
    Set<UUID> customers = customers(entries);
    Map<UUID, SubjectKey> known =
        customers.isEmpty() ? Map.of() : transactions.snapshot(tx -> keys.find(customers, tx));
    return entries.stream()
        .map(entry ->
            entry.customerId() == null ? entry : opened(entry, known.get(entry.customerId())))
        .toList();
  }

  private static Entry opened(Entry entry, @Nullable SubjectKey key) {
    return with(
        entry,
        open(RECIPIENT, entry.recipient(), key),
        open(SUBJECT, entry.subject(), key),
        open(CONTENT, entry.content(), key));
  }

  private static String open(String member, String text, @Nullable SubjectKey key) {
    return key == null ? "" : key.open(member, text).orElse("");
  }

  private static Set<UUID> customers(List<Entry> entries) {
    return entries.stream()
        .map(Entry::customerId)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static Entry with(Entry entry, String recipient, String subject, String content) {
    return new Entry(
        entry.id(),
        entry.channel(),
        entry.template(),
        entry.orderId(),
        entry.customerId(),
        entry.trigger(),
        recipient,
        subject,
        content,
        entry.status(),
        entry.failure(),
        entry.createdAt(),
        entry.sentAt());
  }
}
