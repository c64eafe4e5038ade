package dev.reserva.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class FreeTextTest {

  private final JsonMapper requests =
      Json.requests().rebuild().addModule(FreeText.module()).build();

  record Sample(
      @Nullable String text,
      @NotFreeText @Nullable String code,
      @Nullable List<String> list,
      @Nullable Sample inner) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"text":"4111111111111111"}                     | /text
          {"list":["a","4111 1111 1111 1111"]}            | /list/1
          {"inner":{"inner":{"text":"4111111111111111"}}} | /inner/inner/text
          """)
  void a_card_number_is_refused_wherever_it_stands(String json, String pointer) {
    assertThatThrownBy(() -> requests.readValue(json, Sample.class))
        .isInstanceOfSatisfying(
            JacksonException.class,
            e -> {
              assertThat(JsonErrors.pointer(e)).isEqualTo(pointer);
              assertThat(JsonErrors.message(e))
                  .startsWith("must not contain what may be a card number")
                  .doesNotContain("4111");
            });
  }

  @Test
  void other_texts_and_what_is_no_free_text_are_read_as_they_are() {
    Sample read =
        requests.readValue(
            "{\"text\":\"tok_1\",\"code\":\"4111111111111111\",\"list\":[\"a\"],\"inner\":null}",
            Sample.class);
    assertThat(read).isEqualTo(new Sample("tok_1", "4111111111111111", List.of("a"), null));
    assertThat(requests.readValue("{\"text\":null}", Sample.class).text()).isNull();
  }

  @Test
  void every_password_may_be_a_long_number() {
    List<String> passwords = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.reserva")) {
      if (type.isRecord()) {
        Class<?> record = type.reflect();
        for (Field field : record.getDeclaredFields()) {
          Schema schema = AnnotatedElementUtils.getMergedAnnotation(field, Schema.class);
          if (schema != null && schema.format().equals("password")) {
            passwords.add(field.toString());
            JsonProperty named = field.getAnnotation(JsonProperty.class);
            String name = named == null ? field.getName() : named.value();
            assertThatCode(() ->
                    requests.readValue("{\"%s\":\"4111111111111111\"}".formatted(name), record))
                .as("%s needs @NotFreeText: a password is stored as a hash alone", field)
                .doesNotThrowAnyException();
          }
        }
      }
    }
    assertThat(passwords).hasSizeGreaterThanOrEqualTo(9);
  }
}
