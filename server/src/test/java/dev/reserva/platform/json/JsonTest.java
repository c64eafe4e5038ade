package dev.reserva.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.Money;
import dev.reserva.messaging.Unprocessable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

  enum Colour {
    RED,
    GREEN
  }

  record Sample(
      @Nullable Integer number,
      @Nullable Long big,
      @Nullable BigDecimal decimal,
      @Nullable String text,
      @Nullable Boolean flag,
      @Nullable UUID id,
      @Nullable Instant at,
      @Nullable Money price,
      @Nullable Colour colour,
      @Nullable List<String> list,
      @Nullable Sample inner) {}

  private final JsonMapper requests = Json.requests();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"number":"1"}                              | /number | must be an integer
          {"number":1.5}                              | /number | must be an integer
          {"number":1.0}                              | /number | must be an integer
          {"number":true}                             | /number | must be an integer
          {"number":""}                               | /number | must be an integer
          {"number":3000000000}                       | /number | must be an integer from -2147483648 to 2147483647
          {"number":NaN}                              | /number | is not valid JSON at line 1, column 14
          {"big":99999999999999999999}                | /big    | must be an integer from -9223372036854775808 to 9223372036854775807
          {"decimal":"1.5"}                           | /decimal | must be a number
          {"text":1}                                  | /text   | must be a string
          {"text":true}                               | /text   | must be a string
          {"text":["a"]}                              | /text   | must be a string
          {"flag":1}                                  | /flag   | must be true or false
          {"flag":"true"}                             | /flag   | must be true or false
          {"id":"1-1-1-1-1"}                          | /id     | must be a UUID such as 01978a3e-7c55-7d61-9a0c-3f2b8e4d5a10
          {"id":7}                                    | /id     | must be a UUID such as 01978a3e-7c55-7d61-9a0c-3f2b8e4d5a10
          {"at":"yesterday"}                          | /at     | must be a time such as 2026-01-31T12:00:00Z
          {"at":1700000000}                           | /at     | must be a time such as 2026-01-31T12:00:00Z
          {"price":15}                                | /price  | must be an object like {"amount":"10.00","currency":"BRL"}
          {"price":{"amount":"15"}}                   | /price  | must have a currency, as in {"amount":"10.00","currency":"BRL"}
          {"price":{"amount":"1e5","currency":"BRL"}} | /price  | amount must be a decimal such as "10.00"
          {"price":{"amount":true,"currency":"BRL"}}  | /price  | amount must be a decimal such as "10.00"
          {"price":{"amount":"1.001","currency":"BRL"}} | /price | amount must have at most 2 decimal digits in BRL, was 1.001
          {"price":{"amount":"1","currency":"XYZ1"}}  | /price  | currency must be the ISO 4217 code of a currency in circulation, such as BRL or USD; was "XYZ1"
          {"colour":"BLUE"}                           | /colour | must be one of RED, GREEN
          {"colour":0}                                | /colour | must be one of RED, GREEN
          {"list":"a"}                                | /list   | must be an array like [...]
          {"list":["a",null]}                         | /list/1 | must not be null
          {"inner":{"number":"1"}}                    | /inner/number | must be an integer
          {"inner":[]}                                | /inner  | must be an object like {"number":...,"big":...,"decimal":...,"text":...,"flag":...,"id":...,"at":...,"price":...,"colour":...,"list":...,"inner":...}
          {"price":{"amount":"1","currency":"BRL","x":1}} | /price/x | is not a known field; the known ones are amount, currency
          {} {}                                       | ''                  | must be one JSON value, and has more behind it
          {"text":"a","text":"b"}                     | /text   | must be given once
          {"nope":1}                                  | /nope   | is not a known field; the known ones are number, big, decimal, text, flag, id, at, price, colour, list, inner
          """)
  void an_invalid_value_is_refused_with_its_place(String document, String pointer, String message) {
    assertThatThrownBy(() -> requests.readValue(document, Sample.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e -> {
              assertThat(JsonErrors.pointer(e)).isEqualTo(pointer);
              assertThat(JsonErrors.message(e)).isEqualTo(message);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "1", "{} {}", "{'a':1}", "{\"number\":01}", "{\"a\":1,}"})
  void a_document_that_is_not_an_object_is_refused(String document) {
    assertThatThrownBy(() -> requests.readValue(document, Sample.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void a_document_nested_too_deeply_is_refused() {
    String deep = "{\"inner\":".repeat(100) + "{}" + "}".repeat(100);

    assertThatThrownBy(() -> requests.readValue(deep, Sample.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e ->
                assertThat(JsonErrors.message(e))
                    .isEqualTo(
                        "must be nested at most 64 deep, with names of at most 256 and numbers of"
                            + " at most 100 characters"));
  }

  @Test
  void a_number_of_a_thousand_digits_is_refused() {
    String document = "{\"decimal\":" + "9".repeat(1_000) + "}";

    assertThatThrownBy(() -> requests.readValue(document, Sample.class))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void no_message_names_a_class() {
    assertThatThrownBy(() -> requests.readValue("{\"inner\":{\"id\":{}}}", Sample.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e -> assertThat(JsonErrors.message(e)).doesNotContain("reserva", "java", "Sample"));
  }

  @Test
  void money_is_a_decimal_string_with_its_currency() {
    Money money = Money.of("1500", "BRL");

    String written = requests.writeValueAsString(money);

    assertThat(written).isEqualTo("{\"amount\":\"1500.00\",\"currency\":\"BRL\"}");
    assertThat(requests.readValue(written, Money.class)).isEqualTo(money);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BRL", "USD", "EUR", "JPY", "BHD", "XAF", "XOF", "XCD", "XPF"})
  void money_in_circulation_is_accepted(String currency) {
    assertThat(requests.readValue(one(currency), Money.class)).isEqualTo(Money.of("1", currency));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"XXX", "XTS", "XAU", "XAG", "XDR", "CLF", "BOV", "CHE", "USN", "DEM", "brl", ""})
  void money_out_of_circulation_is_refused_from_a_caller_and_read_from_an_event(String currency) {
    assertThatThrownBy(() -> requests.readValue(one(currency), Money.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e ->
                assertThat(JsonErrors.message(e))
                    .isEqualTo(
                        "currency must be the ISO 4217 code of a currency in circulation, such as"
                            + " BRL or USD; was \"%s\"".formatted(currency)));
    if (currency.matches("[A-Z]{3}")) {
      assertThat(Json.events().readValue(one(currency), Money.class))
          .isEqualTo(Money.of("1", currency));
    }
  }

  private static String one(String currency) {
    return "{\"amount\":\"1\",\"currency\":\"%s\"}".formatted(currency);
  }

  @Test
  void money_may_come_as_a_number() {
    assertThat(requests.readValue("{\"amount\":15.5,\"currency\":\"BRL\"}", Money.class))
        .isEqualTo(Money.of("15.50", "BRL"));
  }

  @Test
  void times_are_written_in_utc() {
    assertThat(requests.readValue("{\"at\":\"2026-01-31T12:00:00+02:00\"}", Sample.class).at())
        .isEqualTo(Instant.parse("2026-01-31T10:00:00Z"));
    assertThat(requests.writeValueAsString(Instant.parse("2026-01-31T10:00:00Z")))
        .isEqualTo("\"2026-01-31T10:00:00Z\"");
  }

  @Test
  void events_may_have_gained_fields_and_nothing_else() {
    JsonPayloads payloads = new JsonPayloads();

    assertThat(payloads.decode("{\"text\":\"a\",\"later\":{\"x\":1}}", Sample.class).text())
        .isEqualTo("a");
    assertThatThrownBy(() -> payloads.decode("{\"number\":\"1\"}", Sample.class))
        .isInstanceOf(Unprocessable.class)
        .hasMessage("the payload is no Sample: wrong at /number");
    assertThatThrownBy(() -> payloads.decode("null", Sample.class))
        .isInstanceOf(Unprocessable.class);
  }
}
