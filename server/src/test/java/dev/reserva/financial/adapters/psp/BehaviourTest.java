package dev.reserva.financial.adapters.psp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BehaviourTest {

  @Test
  void the_token_tells_the_simulator_what_to_do() {
    assertThat(Behaviour.of(null)).isEqualTo(new Behaviour.Approve());
    assertThat(Behaviour.of("tok_approve")).isEqualTo(new Behaviour.Approve());
    assertThat(Behaviour.of("tok_decline")).isEqualTo(new Behaviour.Decline());
    assertThat(Behaviour.of("tok_pending")).isEqualTo(new Behaviour.Pend());
    assertThat(Behaviour.of("tok_timeout")).isEqualTo(new Behaviour.StaySilent());
    assertThat(Behaviour.of("tok_flaky_3")).isEqualTo(new Behaviour.FailFirst(3));
    assertThat(Behaviour.of("tok_slow_250"))
        .isEqualTo(new Behaviour.ApproveSlowly(Duration.ofMillis(250)));
  }

  @Test
  void any_other_token_is_rejected() {
    for (String token : new String[] {"", "tok", "tok_flaky_", "tok_slow_x", "tok_slow_9999999"}) {
      assertThat(Behaviour.of(token)).as(token).isEqualTo(new Behaviour.Reject());
    }
  }
}
