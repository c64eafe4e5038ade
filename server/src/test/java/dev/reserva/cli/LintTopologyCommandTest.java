package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.cli.AnsweringServer.Ended;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The output and exit status of {@code lint-topology} for a server's answers. */
@Isolated("it watches the standard output of the process")
class LintTopologyCommandTest {

  @TempDir Path data;
  private AnsweringServer server;

  @BeforeEach
  void start() throws IOException {
    server = AnsweringServer.start(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_is_as_expected_is_shown_with_its_counts() {
    server.answer(
        "/api/topology",
        "{\"ok\":true,\"transport\":\"postgres\",\"checks\":[{\"name\":\"catalogue.types-are-consumed\",\"ok\":true,\"checked\":41,\"findings\":[]}],\"unchecked\":[]}");

    Ended linted = server.run("lint-topology");

    assertThat(linted.status()).isZero();
    assertThat(linted.output())
        .containsPattern("catalogue\\.types-are-consumed +41 +0")
        .contains("Every event has its way (transport: postgres).");
  }

  @Test
  void a_finding_fails_and_is_shown_in_words_with_what_was_not_checked() {
    server.answer(
        "/api/topology",
        "{\"ok\":false,\"transport\":\"rabbitmq\",\"checks\":[{\"name\":\"rabbitmq.queues\",\"ok\":false,\"checked\":6,\"findings\":[{\"object\":\"queue a.queue\",\"problem\":\"does not exist\"}]}],\"unchecked\":[\"bindings\"]}");

    Ended linted = server.run("lint-topology");

    assertThat(linted.status()).isEqualTo(1);
    assertThat(linted.output())
        .containsPattern("rabbitmq\\.queues +6 +1")
        .contains("rabbitmq.queues: queue a.queue does not exist", "not checked: bindings")
        .contains("THE TOPOLOGY IS NOT AS EXPECTED (transport: rabbitmq).");
  }

  @Test
  void a_server_that_does_not_answer_is_told_from_a_finding() {
    server.close();

    assertThat(server.run("lint-topology").status()).isEqualTo(2);
  }
}
