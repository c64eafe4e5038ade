package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a server tells its operator at the start, and anybody who asks for its health. */
class WarningsIT {

  private static final String SIMULATED = "payments are simulated: no money is taken";

  @Test
  void the_simulator_says_that_it_takes_no_money_on_the_terminal_and_in_the_health()
      throws IOException {
    ReservaProcess server = SharedServer.get();

    assertThat(Files.readString(server.log()))
        .contains("Warning: " + SIMULATED)
        .containsPattern("WARN .*" + SIMULATED);
    assertThat(Shop.anonymous(server.url()).get("/api/health").expect(200).body().path("warnings"))
        .singleElement()
        .satisfies(warning ->
            assertThat(warning.asString())
                .startsWith(SIMULATED)
                .contains("reserva.financial.provider=none"));
  }
}
