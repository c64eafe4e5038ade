package dev.reserva.platform.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.platform.limits.Budget.Taken;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Budget budget =
      new Budget(
          "reads",
          20,
          Duration.ofSeconds(10),
          new TimeMeter() {
            @Override
            public long currentTimeNanos() {
              return nanos.get();
            }

            @Override
            public boolean isWallClockBased() {
              return false;
            }
          });

  private Taken take(String caller, int times) {
    Taken last = budget.take(caller);
    for (int i = 1; i < times; i++) {
      last = budget.take(caller);
    }
    return last;
  }

  @Test
  void the_headers_say_what_is_left_and_when_all_of_it_is() {
    assertThat(budget.policy()).isEqualTo("\"reads\";q=20;w=10");
    assertThat(budget.state(take("ana", 1))).isEqualTo("\"reads\";r=19;t=1");
    assertThat(budget.state(take("ana", 9))).isEqualTo("\"reads\";r=10;t=5");
    assertThat(budget.state(take("ana", 10))).isEqualTo("\"reads\";r=0;t=10");
  }

  @Test
  void a_used_up_budget_comes_back_evenly() {
    Taken refused = take("ana", 21);
    assertThat(refused).isEqualTo(new Taken(false, 0, 1));
    assertThat(budget.state(refused)).isEqualTo("\"reads\";r=0;t=10");

    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    assertThat(take("ana", 1)).isEqualTo(new Taken(true, 0, 0));
    assertThat(take("ana", 1).allowed()).isFalse();

    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(take("ana", 20).allowed()).isTrue();
  }

  @Test
  void each_caller_has_a_budget_of_its_own() {
    take("ana", 30);

    assertThat(take("bo", 1)).isEqualTo(new Taken(true, 19, 0));
  }
}
