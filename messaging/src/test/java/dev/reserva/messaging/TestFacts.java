package dev.reserva.messaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Event types for tests of the backbone. Their JSON has string values only. */
public final class TestFacts {

  public static final String ADDED = "toy.counter.added";
  public static final String NOTED = "toy.counter.noted";
  public static final String ECHOED = "toy.counter.echoed";
  public static final String LETTER = "toy.letter.changed";

  private TestFacts() {}

  /** A number was added to a counter; the counter is subject and key. */
  public record Added(UUID counter, long number, String note) {
    public Added(UUID counter, long number) {
      this(counter, number, "");
    }
  }

  /** A fact without subscribers, unless a test subscribes to it. */
  public record Noted(UUID counter, String text) {}

  /** A fact that a handler publishes when it handles {@link Added}. */
  public record Echoed(UUID counter, long number) {}

  /**
   * A change of a dead letter, as the announcer publishes it.
   *
   * @param action {@code dead_lettered}, {@code retried}, {@code edited} or {@code discarded}
   */
  public record LetterChanged(UUID letter, String action) {}

  public static EventCatalogue catalogue() {
    return new EventCatalogue(
        List.of(
            new EventType<>(ADDED, Added.class, Added::counter, Added::counter),
            new EventType<>(NOTED, Noted.class, Noted::counter, Noted::counter),
            new EventType<>(ECHOED, Echoed.class, Echoed::counter, Echoed::counter),
            new EventType<>(
                LETTER, LetterChanged.class, LetterChanged::letter, LetterChanged::letter)),
        new Codec());
  }

  /** Publishes an event for each change of a dead letter. */
  public static DeadLetters.Announcer announcer() {
    return new DeadLetters.Announcer() {
      @Override
      public void deadLettered(DeadLetters.DeadLetter letter, UnitOfWork tx) {
        tx.publish(new LetterChanged(letter.id(), "dead_lettered"), letter.event().cause());
      }

      @Override
      public void retried(DeadLetters.DeadLetter letter, boolean edited, String by, UnitOfWork tx) {
        tx.publish(
            new LetterChanged(letter.id(), edited ? "edited" : "retried"), letter.event().cause());
      }

      @Override
      public void discarded(
          DeadLetters.DeadLetter letter, String reason, String by, UnitOfWork tx) {
        tx.publish(new LetterChanged(letter.id(), "discarded"), letter.event().cause());
      }
    };
  }

  /** Refuses an edit that cannot be decoded as the event's type. */
  public static DeadLetters.EditPolicy editPolicy(EventCatalogue catalogue) {
    return (original, edited) -> {
      try {
        catalogue.payload(original.withData(edited));
        return List.of();
      } catch (Unprocessable e) {
        return List.of(new DeadLetters.Violation("", String.valueOf(e.getMessage())));
      }
    };
  }

  /** The JSON of an {@link Added}, for edits. */
  public static String json(Added added) {
    return new Codec().encode(added);
  }

  private static final class Codec implements PayloadCodec {

    @Override
    public String encode(Object payload) {
      return switch (payload) {
        case Added a -> object("counter", a.counter(), "number", a.number(), "note", a.note());
        case Noted n -> object("counter", n.counter(), "text", n.text());
        case Echoed e -> object("counter", e.counter(), "number", e.number());
        case LetterChanged l -> object("letter", l.letter(), "action", l.action());
        default -> throw new IllegalArgumentException("no test fact: " + payload);
      };
    }

    @Override
    public <T> T decode(String data, Class<T> payload) {
      Map<String, String> members = members(data);
      try {
        Object decoded;
        if (payload == Added.class) {
          decoded =
              new Added(
                  uuid(members, "counter"),
                  Long.parseLong(text(members, "number")),
                  text(members, "note"));
        } else if (payload == Noted.class) {
          decoded = new Noted(uuid(members, "counter"), text(members, "text"));
        } else if (payload == Echoed.class) {
          decoded = new Echoed(uuid(members, "counter"), Long.parseLong(text(members, "number")));
        } else {
          decoded = new LetterChanged(uuid(members, "letter"), text(members, "action"));
        }
        return payload.cast(decoded);
      } catch (IllegalArgumentException e) {
        throw new Unprocessable("not a " + payload.getSimpleName() + ": " + e.getMessage(), e);
      }
    }

    private static String object(Object... namesAndValues) {
      StringBuilder json = new StringBuilder("{");
      for (int i = 0; i < namesAndValues.length; i++) {
        json.append('"')
            .append(namesAndValues[i].toString().replace("\\", "\\\\").replace("\"", "\\\""))
            .append(i % 2 == 0 ? "\":" : i == namesAndValues.length - 1 ? "\"" : "\",");
      }
      return json.append('}').toString();
    }

    /** Reads strings only: alternately names and values. */
    private static Map<String, String> members(String json) {
      List<String> strings = new ArrayList<>();
      int at = 0;
      while ((at = json.indexOf('"', at) + 1) > 0) {
        StringBuilder string = new StringBuilder();
        while (at < json.length() && json.charAt(at) != '"') {
          at += json.charAt(at) == '\\' ? 1 : 0;
          string.append(json.charAt(at++));
        }
        strings.add(string.toString());
        at++;
      }
      Map<String, String> members = new LinkedHashMap<>();
      for (int i = 0; i + 1 < strings.size(); i += 2) {
        members.put(strings.get(i), strings.get(i + 1));
      }
      return members;
    }

    private static String text(Map<String, String> members, String name) {
      String value = members.get(name);
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing");
      }
      return value;
    }

    private static UUID uuid(Map<String, String> members, String name) {
      return UUID.fromString(text(members, name));
    }
  }
}
