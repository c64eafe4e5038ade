package dev.reserva.messaging;

import java.util.Arrays;

/** The bytes of a message, as a value. Nobody may change the array. */
public final class Bytes {

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** A value of this array, which is not copied. */
  public static Bytes of(byte[] array) {
    return new Bytes(array);
  }

  /** The array itself. */
  public byte[] array() {
    return array;
  }

  public int length() {
    return array.length;
  }

  /** At most this many of the first bytes. */
  public Bytes first(int max) {
    return array.length <= max ? this : new Bytes(Arrays.copyOf(array, max));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return "%d bytes".formatted(array.length);
  }
}
