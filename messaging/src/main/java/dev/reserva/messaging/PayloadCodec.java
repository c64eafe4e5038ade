package dev.reserva.messaging;

/** Turns payloads into JSON and back. */
public interface PayloadCodec {

  String encode(Object payload);

  /**
   * @throws Unprocessable when the text is no such payload: the same text will never be one
   */
  <T> T decode(String data, Class<T> payload);
}
