package dev.reserva.notifications.adapters.mongodb;

import dev.reserva.notifications.application.History.Entry;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Failure;
import dev.reserva.notifications.domain.Status;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Entries as documents. Ids are texts, whose order is that of their bytes. Times have milliseconds.
 */
final class HistoryDocuments {

  static final String ID = "_id";
  static final String CHANNEL = "channel";
  static final String ORDER = "orderId";
  static final String CUSTOMER = "customerId";
  static final String STATUS = "status";
  static final String FAILURE = "failure";
  static final String CREATED = "createdAt";
  static final String SENT = "sentAt";

  private static final String TEMPLATE = "template";
  private static final String TRIGGER = "trigger";
  private static final String RECIPIENT = "recipient";
  private static final String SUBJECT = "subject";
  private static final String CONTENT = "content";

  private HistoryDocuments() {}

  static Document of(Entry entry) {
    return new Document(ID, entry.id().toString())
        .append(CHANNEL, entry.channel().wire())
        .append(TEMPLATE, entry.template())
        .append(ORDER, text(entry.orderId()))
        .append(CUSTOMER, text(entry.customerId()))
        .append(TRIGGER, entry.trigger())
        .append(RECIPIENT, entry.recipient())
        .append(SUBJECT, entry.subject())
        .append(CONTENT, entry.content())
        .append(STATUS, entry.status().name())
        .append(FAILURE, wire(entry.failure()))
        .append(CREATED, Date.from(entry.createdAt()))
        .append(SENT, date(entry.sentAt()));
  }

  static Entry entry(Document document) {
    String failure = document.getString(FAILURE);
    return new Entry(
        UUID.fromString(document.getString(ID)),
        Channel.ofWire(document.getString(CHANNEL)),
        document.getString(TEMPLATE),
        id(document.getString(ORDER)),
        id(document.getString(CUSTOMER)),
        document.getString(TRIGGER),
        document.getString(RECIPIENT),
        document.getString(SUBJECT),
        document.getString(CONTENT),
        Status.valueOf(document.getString(STATUS)),
        failure == null ? null : Failure.valueOf(failure.toUpperCase(Locale.ROOT)),
        document.getDate(CREATED).toInstant(),
        instant(document.getDate(SENT)));
  }

  static @Nullable String wire(@Nullable Failure failure) {
    return failure == null ? null : failure.wire();
  }

  static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static @Nullable UUID id(@Nullable String text) {
    return text == null ? null : UUID.fromString(text);
  }
}
