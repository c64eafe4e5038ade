package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.Reserva;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** {@code admin reset-password} on the embedded database of a data folder. */
@Isolated("it watches the standard streams of the process")
class ResetPasswordCommandIT {

  private static final Pattern PASSWORD = Pattern.compile("(?m)^Password: (\\S+)$");

  @TempDir Path folder;

  private record Said(int status, String text) {}

  private static Said execute(String... arguments) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    try (PrintStream watched = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      System.setOut(watched);
      System.setErr(watched);
      int status = Main.execute(arguments);
      return new Said(status, shown.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static ConfigurableApplicationContext start(Path data) {
    return Reserva.start(
        "--reserva.data=" + data,
        "--reserva.services=customers",
        "--server.port=0",
        "--server.address=127.0.0.1");
  }

  private static URI url(ConfigurableApplicationContext server) {
    return URI.create(
        "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port"));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static HttpResponse<String> post(URI url, String path, String token, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  private static HttpResponse<String> logIn(URI url, String password) throws Exception {
    return post(
        url,
        "/api/auth/token",
        "",
        "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password));
  }

  private static int users(URI url, String token) throws Exception {
    return send(HttpRequest.newBuilder(url.resolve("/api/users"))
            .header("Authorization", "Bearer " + token))
        .statusCode();
  }

  @Test
  void whoever_has_the_data_gets_in_again_and_whoever_was_in_is_out() throws Exception {
    Path data = folder.resolve("data");
    Path file = data.resolve("admin-password");
    String token;
    String before;
    try (ConfigurableApplicationContext server = start(data)) {
      before = AdminPassword.find(data);
      token =
          JsonMapper.shared()
              .readTree(logIn(url(server), before).body())
              .get("accessToken")
              .asString();
      assertThat(users(url(server), token)).isEqualTo(200);

      Said running = execute("admin", "reset-password", "admin", "--data", data.toString());
      assertThat(running.status()).isEqualTo(1);
      assertThat(running.text()).contains("in use").doesNotContain("Password:");
    }

    Said unknown = execute("admin", "reset-password", "nobody", "--data", data.toString());
    Said reset = execute("admin", "reset-password", "admin", "--data", data.toString());

    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.text()).contains("no member of staff nobody; there are admin");
    assertThat(reset.status()).as(reset.text()).isZero();
    assertThat(reset.text().lines()).as(reset.text()).hasSize(3);
    Matcher printed = PASSWORD.matcher(reset.text());
    assertThat(printed.find()).as(reset.text()).isTrue();
    String password = printed.group(1);
    assertThat(Files.readString(file).strip()).isEqualTo(password);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (ConfigurableApplicationContext server = start(data)) {
      assertThat(users(url(server), token)).isEqualTo(401);
      assertThat(logIn(url(server), before).statusCode()).isEqualTo(401);
      assertThat(logIn(url(server), password).statusCode()).isEqualTo(200);
    }

    Path chosen = Files.writeString(folder.resolve("chosen"), "four unrelated words\n");
    Said fromFile =
        execute(
            "admin",
            "reset-password",
            "ADMIN",
            "--data",
            data.toString(),
            "--password-file",
            chosen.toString());
    assertThat(fromFile.status()).as(fromFile.text()).isZero();
    assertThat(fromFile.text()).doesNotContain("four unrelated words");
    try (ConfigurableApplicationContext server = start(data)) {
      assertThat(logIn(url(server), "four unrelated words").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_wrong_folder_is_not_made_into_a_data_folder() {
    Path nowhere = folder.resolve("nowhere");

    Said said = execute("admin", "reset-password", "admin", "--data", nowhere.toString());

    assertThat(said.status()).isEqualTo(1);
    assertThat(said.text()).contains("there is no data folder " + nowhere);
    assertThat(nowhere).doesNotExist();
  }
}
