package dev.reserva.messaging.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.ByteConverter;

/**
 * Binds parameters. Arrays are sent in PostgreSQL's binary form, because the driver would send most
 * of them as quoted and escaped text, which costs both sides more than the rest of a statement.
 *
 * <p>The form is that of PostgreSQL's {@code array_send} and of each element type's own send
 * function.
 */
final class Binding {

  /** PostgreSQL counts microseconds from the start of 2000. */
  private static final long EPOCH_SECONDS = 946_684_800L;

  private static final int NULL = -1;

  private Binding() {}

  /**
   * @param from index of the first parameter
   * @return index after the last parameter
   */
  static int bind(
      Connection connection,
      PreparedStatement statement,
      int from,
      List<@Nullable Object> parameters)
      throws SQLException {
    int index = from;
    for (Object value : parameters) {
      switch (value) {
        case UUID[] ids -> array(connection, statement, index, Oid.UUID, ids, Binding::uuid);
        case String[] texts -> array(connection, statement, index, Oid.TEXT, texts, Binding::text);
        case Integer[] numbers ->
            array(connection, statement, index, Oid.INT4, numbers, Binding::integer);
        case Long[] numbers ->
            array(connection, statement, index, Oid.INT8, numbers, Binding::bigint);
        case Boolean[] flags -> array(connection, statement, index, Oid.BOOL, flags, Binding::bool);
        case BigDecimal[] numbers ->
            array(connection, statement, index, Oid.NUMERIC, numbers, ByteConverter::numeric);
        case Instant[] times ->
            array(connection, statement, index, Oid.TIMESTAMPTZ, times, Binding::timestamptz);
        case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        case null, default -> statement.setObject(index, value);
      }
      index++;
    }
    return index;
  }

  private static <T> void array(
      Connection connection,
      PreparedStatement statement,
      int index,
      int elementType,
      @Nullable T[] values,
      Function<T, byte[]> form)
      throws SQLException {
    statement.setArray(
        index,
        new PgArray(
            connection.unwrap(BaseConnection.class),
            arrayOf(elementType),
            binary(elementType, values, form)));
  }

  /** The type of arrays of an element type (PostgreSQL's pg_type.dat). */
  private static int arrayOf(int elementType) {
    return switch (elementType) {
      case Oid.UUID -> Oid.UUID_ARRAY;
      case Oid.TEXT -> Oid.TEXT_ARRAY;
      case Oid.INT4 -> Oid.INT4_ARRAY;
      case Oid.INT8 -> Oid.INT8_ARRAY;
      case Oid.BOOL -> Oid.BOOL_ARRAY;
      case Oid.NUMERIC -> Oid.NUMERIC_ARRAY;
      case Oid.TIMESTAMPTZ -> Oid.TIMESTAMPTZ_ARRAY;
      default -> throw new IllegalArgumentException("no array type for type " + elementType);
    };
  }

  private static <T> byte[] binary(
      int elementType, @Nullable T[] values, Function<T, byte[]> form) {
    byte[] @Nullable [] elements = new byte[values.length] @Nullable [];
    int size = 0;
    boolean hasNull = false;
    for (int i = 0; i < values.length; i++) {
      T value = values[i];
      if (value == null) {
        hasNull = true;
      } else {
        byte[] element = form.apply(value);
        elements[i] = element;
        size += element.length;
      }
    }
    int dimensions = values.length == 0 ? 0 : 1;
    ByteBuffer buffer =
        ByteBuffer.allocate(12 + 8 * dimensions + 4 * values.length + size)
            .putInt(dimensions)
            .putInt(hasNull ? 1 : 0)
            .putInt(elementType);
    if (dimensions == 1) {
      buffer.putInt(values.length).putInt(1); // SQL counts from one
    }
    for (byte[] element : elements) {
      if (element == null) {
        buffer.putInt(NULL);
      } else {
        buffer.putInt(element.length).put(element);
      }
    }
    return buffer.array();
  }

  private static byte[] uuid(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] integer(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] bigint(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  private static byte[] bool(boolean flag) {
    return new byte[] {(byte) (flag ? 1 : 0)};
  }

  private static byte[] timestamptz(Instant time) {
    return bigint(
        Math.addExact(
            Math.multiplyExact(time.getEpochSecond() - EPOCH_SECONDS, 1_000_000L),
            time.getNano() / 1_000));
  }
}
