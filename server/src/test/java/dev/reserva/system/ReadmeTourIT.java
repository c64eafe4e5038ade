package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the README's tour literally. It needs bash, curl and jq. */
class ReadmeTourIT {

  private static final Pattern TOUR =
      Pattern.compile("## A tour with curl\n```sh\n(.*?)```", Pattern.DOTALL);

  @Test
  void the_tour_shows_what_it_says() throws Exception {
    ReservaProcess reserva = SharedServer.get();
    Matcher tour = TOUR.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(tour.find()).isTrue();
    String script =
        tour.group(1)
            .replaceFirst("\\./reserva up & .*\n", "")
            .replace("URL=http://localhost:8080", "URL=" + reserva.url())
            .replace("data/admin-password", reserva.data().resolve("admin-password").toString());
    assertThat(script).doesNotContain("8080").doesNotContain("./reserva");

    Process bash =
        new ProcessBuilder("bash", "-e", "-o", "pipefail").redirectErrorStream(true).start();
    try (var input = bash.getOutputStream()) {
      input.write(script.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();

    assertThat(said)
        .containsPattern("\"status\": \"CONFIRMED\"")
        .contains("\"amount\": \"3000.00\"")
        .containsPattern("sales\\.order\\.created")
        .containsPattern("sales\\.order\\.confirmed\t\\w+\tCONFIRMED")
        .containsPattern("\"stock\": 8,\\s+\"reserved\": 0,\\s+\"available\": 8")
        .contains("\"CANCELLED\"");
    List<String> lines = said.lines().toList();
    assertThat(lines).as(said).contains("true");
    assertThat(said).doesNotContain("\"ok\": false").doesNotContain("null");
  }
}
