package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void it_tells_how_far_how_fast_and_how_long_still() {
    Progress progress =
        new Progress(new PrintStream(PrintStream.nullOutputStream()), false, 40_000);
    assertThat(progress.text(10_000, 500, Duration.ofSeconds(25)))
        .isEqualTo("25 % of 40,000 lines, 500 orders, 20 orders/s, 1:15 left");
  }
}
