package dev.reserva.platform.events;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.Event;
import dev.reserva.messaging.Unprocessable;
import dev.reserva.messaging.transport.EnvelopeCodec;
import dev.reserva.platform.json.Json;
import dev.reserva.platform.json.JsonErrors;
import dev.reserva.platform.json.StrictUuid;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events on brokers: CloudEvents 1.0 in JSON's structured mode, encoded in UTF-8. The payload is
 * passed on byte for byte. Attributes that Reserva does not know are ignored.
 */
public final class CloudEventsCodec implements EnvelopeCodec {

  private static final JsonMapper JSON = Json.events();
  private static final String DATA = "data";

  @Override
  public String contentType() {
    return CloudEvents.MEDIA_TYPE;
  }

  @Override
  public Bytes encode(Event event) {
    return Bytes.of(
        isObject(event.data())
            ? CloudEvents.bytes(event)
            : CloudEvents.write(event).getBytes(StandardCharsets.UTF_8));
  }

  /** Only a fault can produce another payload. */
  private static boolean isObject(String data) {
    try (JsonParser parser = JSON.createParser(data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  @Override
  public Event decode(Bytes body) {
    Map<String, String> attributes = new HashMap<>();
    String data = null;
    try (JsonParser parser = JSON.createParser(body.array())) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "the message is no JSON object");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals(DATA)) {
          require(value == JsonToken.START_OBJECT, "data must be an object");
          data = object(parser, body.array());
        } else if (value == JsonToken.VALUE_STRING) {
          attributes.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      require(parser.nextToken() == null, "the message is more than one JSON object");
    } catch (JacksonException e) {
      throw new Unprocessable(
          "the message is not valid JSON: wrong at \"%s\"".formatted(JsonErrors.pointer(e)), e);
    }
    return event(attributes, data);
  }

  /** The bytes of the object that begins with the parser's token. */
  private static String object(JsonParser parser, byte[] body) {
    long start = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    long end = parser.currentLocation().getByteOffset();
    // The parser counts no bytes in other encodings.
    require(start >= 0 && end > start, "the message is not in UTF-8");
    return new String(body, (int) start, (int) (end - start), StandardCharsets.UTF_8);
  }

  private static Event event(Map<String, String> attributes, @Nullable String data) {
    String version = required(attributes, "specversion");
    require(version.equals("1.0"), "specversion must be 1.0, was %s".formatted(version));
    if (data == null) {
      throw new Unprocessable("data is missing");
    }
    Event event =
        new Event(
            uuid(attributes, "id"),
            required(attributes, "type"),
            uuid(attributes, "subject"),
            uuid(attributes, "partitionkey"),
            time(required(attributes, "time")),
            required(attributes, "correlationid"),
            attributes.containsKey("causationid") ? uuid(attributes, "causationid") : null,
            attributes.get("traceparent"),
            attributes.get("tracestate"),
            data);
    String source = required(attributes, "source");
    String expected = CloudEvents.sourceOf(event);
    require(source.equals(expected), "source must be %s, was %s".formatted(expected, source));
    return event;
  }

  private static String required(Map<String, String> attributes, String name) {
    String value = attributes.get(name);
    if (value == null) {
      throw new Unprocessable("%s is missing or no text".formatted(name));
    }
    return value;
  }

  private static UUID uuid(Map<String, String> attributes, String name) {
    try {
      return StrictUuid.parse(required(attributes, name));
    } catch (IllegalArgumentException e) {
      throw new Unprocessable("%s %s".formatted(name, e.getMessage()), e);
    }
  }

  /** In microseconds, as databases store it. */
  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw new Unprocessable("time must be as in RFC 3339, such as 2026-01-31T12:00:00Z", e);
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new Unprocessable(otherwise);
    }
  }
}
