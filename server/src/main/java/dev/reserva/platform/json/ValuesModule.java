package dev.reserva.platform.json;

import dev.reserva.contracts.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Reads and writes the values whose JSON form the contract defines: money, identifiers, instants.
 */
final class ValuesModule extends SimpleModule {

  /** The author of a document, which determines the currencies that are accepted. */
  enum Source {
    /** A caller: only currencies in circulation. */
    CALLER,
    /** This system, perhaps years ago: any currency of ISO 4217, past or present. */
    EVENT
  }

  /** Longer than any amount. It bounds the cost of the pattern match. */
  private static final int MAX_AMOUNT_LENGTH = 64;

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  ValuesModule(Source source) {
    super("reserva-values");
    addSerializer(new MoneyWriter());
    addDeserializer(Money.class, new MoneyReader(source));
    addDeserializer(UUID.class, new UuidReader());
    addDeserializer(Instant.class, new InstantReader());
  }

  private static final class MoneyWriter extends StdSerializer<Money> {
    MoneyWriter() {
      super(Money.class);
    }

    @Override
    public void serialize(Money money, JsonGenerator json, SerializationContext context) {
      json.writeStartObject(money);
      json.writeStringProperty("amount", money.amount().toPlainString());
      json.writeStringProperty("currency", money.currency());
      json.writeEndObject();
    }
  }

  private static final class MoneyReader extends StdDeserializer<Money> {
    private final Source source;

    MoneyReader(Source source) {
      super(Money.class);
      this.source = source;
    }

    @Override
    public Collection<Object> getKnownPropertyNames() {
      return List.of("amount", "currency");
    }

    @Override
    @SuppressWarnings(
        "NullAway") // the library's null means "no value"; never reached after a throw
    public Money deserialize(JsonParser json, DeserializationContext context) {
      if (!json.hasToken(JsonToken.START_OBJECT)) {
        return (Money) context.handleUnexpectedToken(Money.class, json);
      }
      BigDecimal amount = null;
      String currency = null;
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        json.nextToken();
        switch (name) {
          case "amount" -> amount = amount(json, context);
          case "currency" -> currency = currency(json, context);
          default -> context.handleUnknownProperty(json, this, Money.class, name);
        }
      }
      if (amount == null || currency == null) {
        throw context.instantiationException(
            Money.class,
            new IllegalArgumentException(
                "must have %s, as in %s"
                    .formatted(amount == null ? "an amount" : "a currency", JsonErrors.MONEY)));
      }
      try {
        if (source == Source.CALLER) {
          Currencies.requireInCirculation(currency);
        }
        return new Money(amount, currency);
      } catch (IllegalArgumentException e) {
        throw context.instantiationException(Money.class, e);
      }
    }

    private static BigDecimal amount(JsonParser json, DeserializationContext context) {
      if (json.hasToken(JsonToken.VALUE_STRING)) {
        String text = json.getString();
        if (text.length() <= MAX_AMOUNT_LENGTH && DECIMAL.matcher(text).matches()) {
          return new BigDecimal(text);
        }
      } else if (json.currentToken().isNumeric()) {
        return json.getDecimalValue();
      }
      throw context.instantiationException(
          Money.class, new IllegalArgumentException("amount must be a decimal such as \"10.00\""));
    }

    private static String currency(JsonParser json, DeserializationContext context) {
      if (json.hasToken(JsonToken.VALUE_STRING)) {
        return json.getString();
      }
      throw context.instantiationException(
          Money.class,
          new IllegalArgumentException("currency must be an ISO 4217 code such as \"BRL\""));
    }
  }

  private static final class UuidReader extends StdDeserializer<UUID> {
    UuidReader() {
      super(UUID.class);
    }

    @Override
    public UUID deserialize(JsonParser json, DeserializationContext context) {
      return parsed(json, context, UUID.class, StrictUuid::parse);
    }
  }

  private static final class InstantReader extends StdDeserializer<Instant> {
    InstantReader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) {
      return parsed(json, context, Instant.class, InstantReader::instant);
    }

    private static Instant instant(String text) {
      try {
        return java.time.OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("must be a time such as 2026-01-31T12:00:00Z", e);
      }
    }
  }

  private interface TextParser<T> {
    T parse(String text);
  }

  private static <T> T parsed(
      JsonParser json, DeserializationContext context, Class<T> type, TextParser<T> parser) {
    if (!json.hasToken(JsonToken.VALUE_STRING)) {
      @Nullable Object replaced = context.handleUnexpectedToken(type, json);
      return type.cast(java.util.Objects.requireNonNull(replaced));
    }
    try {
      return parser.parse(json.getString());
    } catch (IllegalArgumentException e) {
      throw context.instantiationException(type, e);
    }
  }
}
