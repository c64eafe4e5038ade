package dev.reserva.platform.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.contracts.Money;
import dev.reserva.messaging.EventCatalogue;
import dev.reserva.messaging.EventType;
import dev.reserva.messaging.PayloadCodec;
import dev.reserva.messaging.Unprocessable;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The catalogue with a codec written from the envelope's description alone. */
public final class TestCatalogue {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Money.class, new MoneyWriter())
                  .addDeserializer(Money.class, new MoneyReader()))
          .build();

  private TestCatalogue() {}

  public static EventCatalogue create() {
    return new EventCatalogue(
        Contracts.ALL.stream().map(TestCatalogue::type).toList(), new Codec());
  }

  private static <T> EventType<T> type(Contract<T> contract) {
    return new EventType<>(contract.name(), contract.payload(), contract.subject(), contract.key());
  }

  private static final class Codec implements PayloadCodec {
    @Override
    public String encode(Object payload) {
      return JSON.writeValueAsString(payload);
    }

    @Override
    public <T> T decode(String data, Class<T> payload) {
      try {
        return JSON.readValue(data, payload);
      } catch (JacksonException e) {
        throw new Unprocessable("is no " + payload.getSimpleName(), e);
      }
    }
  }

  private static final class MoneyWriter extends StdSerializer<Money> {
    MoneyWriter() {
      super(Money.class);
    }

    @Override
    public void serialize(Money money, JsonGenerator out, SerializationContext context) {
      out.writeStartObject();
      out.writeStringProperty("amount", money.amount().toPlainString());
      out.writeStringProperty("currency", money.currency());
      out.writeEndObject();
    }
  }

  private static final class MoneyReader extends StdDeserializer<Money> {
    MoneyReader() {
      super(Money.class);
    }

    @Override
    public Money deserialize(JsonParser in, DeserializationContext context) {
      JsonNode node = context.readTree(in);
      return new Money(
          new BigDecimal(node.path("amount").asString()), node.path("currency").asString());
    }
  }
}
