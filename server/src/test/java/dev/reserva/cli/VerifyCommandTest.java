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

/** The output and exit status of {@code verify} for a server's answers. */
@Isolated("it watches the standard output of the process")
class VerifyCommandTest {

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
  void invariants_that_hold_are_shown_with_their_counts() {
    server.answer(
        "/api/integrity",
        "{\"ok\":true,\"checks\":[{\"name\":\"inventory.stock-equals-ledger\",\"ok\":true,\"checked\":1234,\"violations\":[]}]}");

    Ended verified = server.run("verify");

    assertThat(verified.status()).isZero();
    assertThat(verified.output())
        .containsPattern("inventory\\.stock-equals-ledger +1234 +yes")
        .contains("Every invariant holds.");
  }

  @Test
  void an_invariant_that_is_broken_fails_and_is_shown_with_what_breaks_it() {
    server.answer(
        "/api/integrity",
        "{\"ok\":false,\"checks\":[{\"name\":\"inventory.stock-equals-ledger\",\"ok\":false,\"checked\":7,\"violations\":[\"product 1: stock 5, ledger 4\"]}]}");

    Ended verified = server.run("verify");

    assertThat(verified.status()).isEqualTo(1);
    assertThat(verified.output())
        .contains("inventory.stock-equals-ledger: product 1: stock 5, ledger 4")
        .contains("AN INVARIANT IS BROKEN.");
  }
}
