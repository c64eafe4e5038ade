package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reserva.docs.ConfigurationTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Every property of the README is known, and refuses invalid values with its name. */
class KnownPropertiesTest {

  /** Of a default that is a number or a duration. */
  private static final Pattern MEASURE = Pattern.compile("[0-9]+(ms|s|m|h|d)?");

  @Test
  void the_known_properties_are_the_documented_ones() throws IOException {
    assertThat(KnownProperties.NAMES).isEqualTo(ConfigurationTable.read().keySet());
  }

  @Test
  void each_prefix_is_bound_to_one_record() {
    assertThat(KnownProperties.RECORDS)
        .extracting(bound -> bound.getAnnotation(ConfigurationProperties.class).value())
        .doesNotHaveDuplicates();
  }

  @Test
  void an_invalid_value_is_refused_with_the_name_of_its_property() throws IOException {
    List<String> tried = new ArrayList<>();
    for (Map.Entry<String, String> property : ConfigurationTable.read().entrySet()) {
      String name = property.getKey();
      if (!MEASURE.matcher(property.getValue()).matches() || name.equals("reserva.port")) {
        continue;
      }
      tried.add(name);
      BindException wrongType = refusal(name, "nonsense");
      assertThat(wrongType.getProperty()).as(name).isNotNull();
      assertThat(String.valueOf(wrongType.getProperty().getName())).isEqualTo(name);
      boolean isNumber = property.getValue().matches("[0-9]+");
      assertThat(refusal(name, isNumber ? "-1" : "-1s"))
          .rootCause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(
              Pattern.quote(name) + " must be (at least \\S+|\\S+[.][.]\\S+), was -1s?");
    }
    assertThat(tried).hasSizeGreaterThan(30);
  }

  @Test
  void an_invalid_text_is_refused_with_the_name_of_its_property() {
    assertThat(refusal("reserva.database.url", "mysql://db?password=hush"))
        .hasRootCauseMessage(
            "reserva.database.url must be like jdbc:postgresql://localhost:5432/reserva, was"
                + " mysql://db");
    assertThat(refusal("reserva.financial.default-method", "cash"))
        .rootCause()
        .hasMessageContaining("method must be one of credit_card, debit_card, pix, boleto");
    assertThat(refusal("reserva.http.bind-address", "localhost"))
        .hasRootCauseMessage(
            "reserva.http.bind-address must be an IP address such as 127.0.0.1 or ::, was localhost");
    assertThat(refusal("reserva.http.tls.certificate", "/etc/hostname"))
        .hasRootCauseMessage(
            "reserva.http.tls.key must be set together with reserva.http.tls.certificate");
    assertThat(refusal("reserva.security.issuer", "id.example.org"))
        .rootCause()
        .hasMessageStartingWith("reserva.security.issuer must be a URL like");
  }

  private static BindException refusal(String name, String value) {
    Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(name, value)));
    for (Class<? extends Record> bound : KnownProperties.RECORDS) {
      String prefix = bound.getAnnotation(ConfigurationProperties.class).value();
      if (name.startsWith(prefix + ".")) {
        // The prefix of another record may begin with this one, as reserva.http.limits does.
        BindException refusal =
            catchThrowableOfType(BindException.class, () -> binder.bindOrCreate(prefix, bound));
        if (refusal != null) {
          return refusal;
        }
      }
    }
    throw new AssertionError("%s=%s is not refused".formatted(name, value));
  }
}
