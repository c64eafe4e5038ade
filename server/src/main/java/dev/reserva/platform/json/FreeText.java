package dev.reserva.platform.json;

import dev.reserva.contracts.CardNumbers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Refuses card numbers in every text of a request, except in members that are {@link NotFreeText}.
 * It stands where requests are read, because a check in each value would be missing in the next
 * one, and would make stored texts unreadable.
 */
public final class FreeText {

  private FreeText() {}

  /** For the mapper that reads requests. */
  public static JacksonModule module() {
    return new SimpleModule("reserva-free-text").addDeserializer(String.class, new Reader());
  }

  private static final class Reader extends StdScalarDeserializer<String> {

    Reader() {
      super(String.class);
    }

    @Override
    public ValueDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      return property != null && property.getAnnotation(NotFreeText.class) != null
          ? StringDeserializer.instance
          : this;
    }

    @Override
    @SuppressWarnings("NullAway") // the library's null means "no value"
    public String deserialize(JsonParser json, DeserializationContext context) {
      String text = StringDeserializer.instance.deserialize(json, context);
      if (text == null) {
        return text;
      }
      try {
        return CardNumbers.refuse(text);
      } catch (IllegalArgumentException e) {
        throw context.instantiationException(String.class, e);
      }
    }
  }
}
