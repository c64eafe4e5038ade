package dev.reserva.platform.json;

import dev.reserva.messaging.PayloadCodec;
import dev.reserva.messaging.Unprocessable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes payloads of events as JSON. */
public final class JsonPayloads implements PayloadCodec {

  private final JsonMapper json = Json.events();

  @Override
  public String encode(Object payload) {
    return json.writeValueAsString(payload);
  }

  @Override
  public <T> T decode(String data, Class<T> payload) {
    T decoded;
    try {
      decoded = json.readValue(data, payload);
    } catch (JacksonException e) {
      // The parser's message may quote the payload, which may hold personal data.
      throw new Unprocessable(
          "the payload is no %s: wrong at %s"
              .formatted(payload.getSimpleName(), JsonErrors.pointer(e)),
          e);
    }
    if (decoded == null) {
      throw new Unprocessable("the payload is null, not a " + payload.getSimpleName());
    }
    return decoded;
  }
}
