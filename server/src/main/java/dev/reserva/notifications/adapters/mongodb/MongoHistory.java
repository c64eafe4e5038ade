package dev.reserva.notifications.adapters.mongodb;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Indexes.compoundIndex;
import static com.mongodb.client.model.Indexes.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import dev.reserva.messaging.DependencyUnavailable;
import dev.reserva.notifications.application.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The history in the collection {@value #COLLECTION} of MongoDB.
 *
 * <ul>
 *   <li>A write counts when a majority of the servers has it in their journals, so that no entry is
 *       lost when one of them fails.
 *   <li>Each write may be repeated: an entry takes the place of the one with its id, and an end is
 *       the same each time.
 *   <li>Indexes are made before the first use, which may be long after the start.
 * </ul>
 */
public final class MongoHistory implements History, AutoCloseable {

  static final String COLLECTION = "notifications";

  private static final BulkWriteOptions IN_ANY_ORDER = new BulkWriteOptions().ordered(false);

  private static final List<IndexModel> INDEXES =
      List.of(
          new IndexModel(
              compoundIndex(ascending(HistoryDocuments.ORDER), descending(HistoryDocuments.ID))),
          new IndexModel(
              compoundIndex(ascending(HistoryDocuments.CUSTOMER), descending(HistoryDocuments.ID))),
          new IndexModel(
              compoundIndex(ascending(HistoryDocuments.STATUS), descending(HistoryDocuments.ID))),
          new IndexModel(ascending(HistoryDocuments.CREATED)));

  private final MongoClient client;
  private final MongoCollection<Document> collection;
  private volatile boolean indexed;

  /**
   * @param url connection string, {@code mongodb://} or {@code mongodb+srv://}
   * @param timeout of the choice of a server, and of each call
   */
  public MongoHistory(String url, String database, Duration timeout) {
    long millis = timeout.toMillis();
    this.client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(url))
                .applyToClusterSettings(
                    cluster -> cluster.serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(socket ->
                    socket
                        .connectTimeout(millis, TimeUnit.MILLISECONDS)
                        .readTimeout(millis, TimeUnit.MILLISECONDS))
                .build());
    this.collection =
        client
            .getDatabase(database)
            .getCollection(COLLECTION)
            .withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
  }

  @Override
  public void save(List<Entry> entries) {
    write(
        entries.stream()
            .map(entry ->
                new ReplaceOneModel<>(
                    eq(HistoryDocuments.ID, entry.id().toString()),
                    HistoryDocuments.of(entry),
                    new ReplaceOptions().upsert(true)))
            .toList());
  }

  @Override
  public void settle(List<End> ends) {
    write(
        ends.stream()
            .map(end ->
                new UpdateOneModel<Document>(
                    eq(HistoryDocuments.ID, end.id().toString()),
                    combine(
                        set(HistoryDocuments.STATUS, end.status().name()),
                        set(HistoryDocuments.FAILURE, HistoryDocuments.wire(end.failure())),
                        set(HistoryDocuments.SENT, HistoryDocuments.date(end.sentAt())))))
            .toList());
  }

  private void write(List<? extends WriteModel<Document>> writes) {
    if (!writes.isEmpty()) {
      var _ = reached(it -> it.bulkWrite(writes, IN_ANY_ORDER));
    }
  }

  @Override
  public List<Entry> find(Collection<UUID> ids) {
    return reached(it -> entries(it, oneOf(ids.stream().map(UUID::toString).toList()), 0));
  }

  @Override
  public List<Entry> list(Filter filter, @Nullable UUID before, int limit) {
    List<Bson> conditions = new ArrayList<>();
    if (filter.orderId() != null) {
      conditions.add(eq(HistoryDocuments.ORDER, filter.orderId().toString()));
    }
    if (filter.customerId() != null) {
      conditions.add(eq(HistoryDocuments.CUSTOMER, filter.customerId().toString()));
    }
    if (filter.channel() != null) {
      conditions.add(eq(HistoryDocuments.CHANNEL, filter.channel().wire()));
    }
    if (filter.status() != null) {
      conditions.add(eq(HistoryDocuments.STATUS, filter.status().name()));
    }
    if (before != null) {
      conditions.add(lt(HistoryDocuments.ID, before.toString()));
    }
    return reached(it -> entries(it, conditions.isEmpty() ? empty() : and(conditions), limit));
  }

  private static List<Entry> entries(MongoCollection<Document> from, Bson filter, int limit) {
    return from.find(filter)
        .sort(Sorts.descending(HistoryDocuments.ID))
        .limit(limit)
        .map(HistoryDocuments::entry)
        .into(new ArrayList<>());
  }

  private static Bson oneOf(List<String> ids) {
    return in(HistoryDocuments.ID, ids);
  }

  @Override
  public int removeCreatedBefore(Instant before, int limit) {
    return reached(it -> {
      List<String> old =
          it.find(lt(HistoryDocuments.CREATED, Date.from(before)))
              .projection(Projections.include(HistoryDocuments.ID))
              .sort(Sorts.ascending(HistoryDocuments.CREATED))
              .limit(limit)
              .map(document -> document.getString(HistoryDocuments.ID))
              .into(new ArrayList<>());
      return old.isEmpty() ? 0 : Math.toIntExact(it.deleteMany(oneOf(old)).getDeletedCount());
    });
  }

  private <T> T reached(Function<MongoCollection<Document>, T> call) {
    try {
      if (!indexed) {
        var _ = collection.createIndexes(INDEXES);
        indexed = true;
      }
      return call.apply(collection);
    } catch (MongoException e) {
      throw new DependencyUnavailable("MongoDB has not done it", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
