package dev.reserva;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class SecretSourcesTest {

  @TempDir private Path folder;

  @Test
  void each_property_that_is_named_like_a_secret_is_marked_as_one() {
    SortedSet<String> named =
        KnownProperties.NAMES.stream()
            .filter(name -> name.matches(".*(secret|password|-key)"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(KnownProperties.SECRETS)
        .containsAll(named)
        .contains("reserva.database.password", "reserva.security.token-secret");
  }

  @Test
  void a_secret_is_read_from_its_file_without_the_lines_end() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "correct horse\n");
    assertThat(read(Map.of("reserva.database.password-file", file.toString())))
        .isEqualTo(Map.of("reserva.database.password", "correct horse"));
    assertThat(read(Map.of("RESERVA_SECURITY_TOKENSECRET_FILE", file.toString())))
        .isEqualTo(Map.of("reserva.security.token-secret", "correct horse"));
    assertThat(read(Map.of())).isEmpty();
    assertThat(read(Map.of("reserva.database.password-file", ""))).isEmpty();
  }

  @Test
  void a_file_that_gives_no_secret_is_refused_by_the_name_of_its_property() throws Exception {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> read(Map.of("reserva.database.password-file", absent.toString())))
        .hasMessage(
            "reserva.database.password-file: %s cannot be read (NoSuchFileException)"
                .formatted(absent));
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThatThrownBy(() -> read(Map.of("reserva.database.password-file", empty.toString())))
        .hasMessage("reserva.database.password-file: %s is empty".formatted(empty));
    Path large = Files.writeString(folder.resolve("large"), "x".repeat(20_000));
    assertThatThrownBy(() -> read(Map.of("reserva.database.password-file", large.toString())))
        .hasMessageEndingWith("must have at most 16384 bytes, has 20000");
  }

  @Test
  void a_secret_is_given_once() throws Exception {
    Path file = Files.writeString(folder.resolve("secret"), "one");
    assertThatThrownBy(() ->
            read(
                Map.of(
                    "reserva.database.password-file",
                    file.toString(),
                    "reserva.database.password",
                    "other")))
        .hasMessage(
            "reserva.database.password and reserva.database.password-file are both set; only one"
                + " of them is allowed");
  }

  @Test
  void a_secret_on_the_command_line_is_refused_and_not_repeated() {
    for (String argument :
        List.of(
            "-Dreserva.security.token-secret=hush",
            "-Dreserva.security.tokenSecret=hush",
            "--reserva.security.token-secret=hush")) {
      assertThatThrownBy(() -> SecretSources.requireNoneIn(List.of("java", argument, "-jar")))
          .hasMessage(
              "reserva.security.token-secret must not be on the command line, where other users of"
                  + " the machine can read it; set RESERVA_SECURITY_TOKENSECRET or"
                  + " RESERVA_SECURITY_TOKENSECRET_FILE");
    }
    assertThatThrownBy(() ->
            SecretSources.requireNoneIn(
                List.of("-Dreserva.database.url=jdbc:postgresql://db/shop?user=a&password=hush")))
        .hasMessageStartingWith("reserva.database.password must not be on the command line")
        .hasMessageNotContaining("hush");
    assertThatCode(() ->
            SecretSources.requireNoneIn(
                List.of(
                    "-Dreserva.database.url=jdbc:postgresql://db/shop",
                    "-Dreserva.security.token-secret-file=/run/secret",
                    "-Dreserva.security.token-lifetime=5m",
                    "-Dother.password=x")))
        .doesNotThrowAnyException();
  }

  @Test
  void the_file_of_a_secret_has_a_known_name_in_every_form() {
    for (String name : KnownProperties.SECRETS) {
      assertThat(UnknownProperties.unknownProperties(name + "-file")).isEmpty();
      assertThat(UnknownProperties.unknownVariables(Map.of(SecretSources.fileVariable(name), "x")))
          .isEmpty();
    }
  }

  private static Map<String, Object> read(Map<String, String> properties) {
    MockEnvironment environment = new MockEnvironment();
    properties.forEach(environment::setProperty);
    return SecretSources.fromFiles(environment);
  }
}
