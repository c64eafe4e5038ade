package dev.reserva.operations.adapters.web;

import dev.reserva.messaging.Bytes;
import dev.reserva.messaging.UnreadableMessages.Unreadable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A message of a broker as it came. */
record RawMessage(
    @Schema(example = "inventory.queue") String queue,
    @Schema(description = "The message's headers, its exchange and its routing key.")
        JsonNode headers,
    @Schema(description = "The first bytes of its body, as `encoding` tells.") String body,
    @Schema(allowableValues = {"utf-8", "base64"}) String encoding,
    @Schema(description = "Bytes of the whole body.") int length,
    @Schema(description = "Whether `body` is only the beginning.") boolean truncated) {

  static RawMessage of(Unreadable message, JsonMapper json) {
    Bytes body = message.body();
    boolean truncated = body.length() < message.length();
    Optional<String> text = text(body, truncated);
    return new RawMessage(
        message.queue(),
        json.readTree(message.headers()),
        text.orElseGet(() -> Base64.getEncoder().encodeToString(body.array())),
        text.isPresent() ? "utf-8" : "base64",
        message.length(),
        truncated);
  }

  /**
   * The body as a text; empty if it is none in UTF-8.
   *
   * @param truncated whether it may end within a character
   */
  private static Optional<String> text(Bytes body, boolean truncated) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(body.length());
    CoderResult end = decoder.decode(ByteBuffer.wrap(body.array()), text, !truncated);
    return end.isError() ? Optional.empty() : Optional.of(text.flip().toString());
  }
}
