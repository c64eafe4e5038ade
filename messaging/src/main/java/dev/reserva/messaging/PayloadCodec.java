package dev.reserva.messaging;

/** Encodes payloads as JSON, and decodes them. */
public interface PayloadCodec {

  String encode(Object payload);

  /**
   * @throws Unprocessable when the text cannot be decoded as this payload; a retry would fail as
   *     well
   */
  <T> T decode(String data, Class<T> payload);
}
