package dev.reserva.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reserva.harness.MachineCpu;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuTimeTest {
  private static final CpuTime NONE =
      cpu(0, 0, 0, 0, new MachineCpu(seconds(0), seconds(0), seconds(0)));

  @Test
  void cpu_time_is_told_in_microseconds_per_order() {
    CpuTime before = cpu(1, 2, 0, 0, NONE.machine());
    CpuTime after = cpu(3, 3, 0.01, 0, NONE.machine());

    CpuTime.PerOrder perOrder = after.since(before).perOrder(10_000);

    assertThat(perOrder.serverMicros()).isEqualTo(200, within(0.001));
    assertThat(perOrder.databaseMicros()).isEqualTo(100, within(0.001));
    assertThat(perOrder.generatorMicros()).isEqualTo(1, within(0.001));
  }

  @Test
  void no_order_costs_nothing() {
    assertThat(cpu(1, 1, 1, 0, NONE.machine()).perOrder(0))
        .isEqualTo(new CpuTime.PerOrder(0, 0, 0));
  }

  @Test
  void foreign_is_what_the_machine_did_beyond_all_of_ours() {
    MachineCpu machine = new MachineCpu(seconds(15), seconds(1), seconds(20));

    ForeignCpu foreign = cpu(6, 4, 2, 1, machine).since(NONE).foreign();

    assertThat(foreign.othersPercent()).isEqualTo(10, within(0.001));
    assertThat(foreign.restingPercent()).isEqualTo(5, within(0.001));
    assertThat(foreign.stolenPercent()).isEqualTo(5, within(0.001));
  }

  @Test
  void sampled_counters_that_lag_behind_make_no_negative_share() {
    MachineCpu machine = new MachineCpu(seconds(9), seconds(0), seconds(20));

    assertThat(cpu(6, 4, 0, 0, machine).foreign().othersPercent()).isZero();
  }

  @Test
  void more_than_a_twentieth_of_the_machine_is_flagged() {
    assertThat(new ForeignCpu(3, 1, 1).isTooMuch()).isFalse();
    assertThat(new ForeignCpu(3, 1, 1).flag()).isEmpty();
    assertThat(new ForeignCpu(4, 1, 1).isTooMuch()).isTrue();
    assertThat(new ForeignCpu(4, 1, 1).flag()).isEqualTo("! 6 % foreign CPU");
  }

  @Test
  void the_worse_of_two_phases_is_the_more_disturbed_one() {
    ForeignCpu quiet = new ForeignCpu(1, 0, 0);
    ForeignCpu busy = new ForeignCpu(0, 2, 0);

    assertThat(quiet.worse(busy)).isEqualTo(busy);
    assertThat(busy.worse(quiet)).isEqualTo(busy);
  }

  private static CpuTime cpu(
      double server, double database, double generator, double resting, MachineCpu machine) {
    return new CpuTime(
        seconds(server), seconds(database), seconds(generator), seconds(resting), machine);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
