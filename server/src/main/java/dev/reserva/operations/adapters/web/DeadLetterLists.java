package dev.reserva.operations.adapters.web;

import dev.reserva.messaging.DeadLetters;
import dev.reserva.messaging.DeadLetters.Group;
import dev.reserva.messaging.UnreadableMessages;
import dev.reserva.operations.adapters.web.DeadLetterViews.Item;
import dev.reserva.operations.adapters.web.DeadLetterViews.Kind;
import dev.reserva.operations.adapters.web.DeadLetterViews.Listing;
import dev.reserva.operations.adapters.web.DeadLetterViews.Story;
import dev.reserva.platform.members.Members;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Lists the dead letters of this database, and those of the other databases beside them. */
public final class DeadLetterLists {

  static final String INTERNAL = "/internal/operations/dlq";

  /** As many as one database counts. */
  private static final int MAX_GROUPS = 200;

  private final DeadLetters deadLetters;
  private final UnreadableMessages messages;
  private final Members members;
  private final JsonMapper json;

  public DeadLetterLists(
      DeadLetters deadLetters, UnreadableMessages messages, Members members, JsonMapper json) {
    this.deadLetters = deadLetters;
    this.messages = messages;
    this.members = members;
    this.json = json;
  }

  /** A page of those of all databases, newest first. */
  Listing page(PageRequest request, @Nullable Kind only) {
    int limit = request.limit() + 1;
    Listing listing = own(request.before(), limit, only);
    if (!members.none()) {
      listing = with(listing, request.before(), limit, only);
    }
    Page<Item> page = Page.of(listing.items(), request, item -> item.id().toString());
    return new Listing(page.items(), listing.groups(), listing.queues(), page.nextCursor());
  }

  private Listing with(Listing own, @Nullable UUID before, int limit, @Nullable Kind only) {
    String path =
        "%s?limit=%d%s%s"
            .formatted(
                INTERNAL,
                limit,
                before == null ? "" : "&before=" + before,
                only == null ? "" : "&kind=" + only.text());
    List<Item> items = new ArrayList<>(own.items());
    List<Group> groups = new ArrayList<>(own.groups());
    List<UnreadableMessages.Group> queues = new ArrayList<>(own.queues());
    members
        .eachOtherDatabase(name -> members.ask(name, path, Members.SOON, Listing.class))
        .values()
        .forEach(other -> {
          items.addAll(other.items());
          groups.addAll(other.groups());
          queues.addAll(other.queues());
        });
    return new Listing(
        newest(items.stream(), limit),
        groups.stream()
            .sorted(Comparator.comparingLong(Group::count).reversed())
            .limit(MAX_GROUPS)
            .toList(),
        queues,
        null);
  }

  /** Those of this database alone. */
  Listing own(@Nullable UUID before, int limit, @Nullable Kind only) {
    Stream<Item> events =
        only == Kind.MESSAGE
            ? Stream.empty()
            : deadLetters.list(before, limit).stream().map(Item::of);
    Stream<Item> unreadable =
        only == Kind.EVENT
            ? Stream.empty()
            : messages.list(before, limit).stream().map(message -> Item.of(message, json));
    return new Listing(
        newest(Stream.concat(events, unreadable), limit),
        deadLetters.groups(),
        messages.groups(),
        null);
  }

  /** All of them have ids in the order of time. */
  private static List<Item> newest(Stream<Item> items, int limit) {
    return items
        .sorted(Comparator.comparing((Item item) -> item.id().toString()).reversed())
        .limit(limit)
        .toList();
  }

  /** A dead letter of whatever database. */
  Optional<Story> find(UUID id) {
    return own(id).or(() -> elsewhere(id).values().stream().flatMap(Optional::stream).findFirst());
  }

  /** A dead letter of this database. */
  Optional<Story> own(UUID id) {
    return deadLetters
        .find(id)
        .map(Story::of)
        .or(() -> messages.find(id).map(detail -> Story.of(detail, json)));
  }

  /** The other database that has a dead letter; empty if this one has it, or none. */
  Optional<String> otherDatabase(UUID id) {
    if (members.none() || own(id).isPresent()) {
      return Optional.empty();
    }
    return elsewhere(id).entrySet().stream()
        .filter(found -> found.getValue().isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private Map<String, Optional<Story>> elsewhere(UUID id) {
    return members.eachOtherDatabase(name -> members.find(name, INTERNAL + "/" + id, Story.class));
  }
}
