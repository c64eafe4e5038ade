package dev.reserva.messaging;

import dev.reserva.messaging.transport.EnvelopeCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A binary form of events for tests of the backbone. */
public final class TestEnvelopes implements EnvelopeCodec {

  @Override
  public String contentType() {
    return "application/octet-stream";
  }

  @Override
  public Bytes encode(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, event.id().toString());
      write(out, event.type());
      write(out, event.subject().toString());
      write(out, event.key().toString());
      write(out, event.time().toString());
      write(out, event.correlationId());
      write(out, event.causationId() == null ? null : event.causationId().toString());
      write(out, event.traceparent());
      write(out, event.tracestate());
      write(out, event.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.of(bytes.toByteArray());
  }

  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      out.writeUTF(text);
    }
  }

  @Override
  public Event decode(Bytes body) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body.array()))) {
      return new Event(
          UUID.fromString(text(in)),
          text(in),
          UUID.fromString(text(in)),
          UUID.fromString(text(in)),
          Instant.parse(text(in)),
          text(in),
          uuidOrNull(in),
          textOrNull(in),
          textOrNull(in),
          text(in));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new Unprocessable("not an event: " + e, e);
    }
  }

  private static @Nullable UUID uuidOrNull(DataInputStream in) throws IOException {
    String text = textOrNull(in);
    return text == null ? null : UUID.fromString(text);
  }

  private static @Nullable String textOrNull(DataInputStream in) throws IOException {
    return in.readBoolean() ? in.readUTF() : null;
  }

  private static String text(DataInputStream in) throws IOException {
    String text = textOrNull(in);
    if (text == null) {
      throw new IllegalArgumentException("an attribute is missing");
    }
    return text;
  }
}
