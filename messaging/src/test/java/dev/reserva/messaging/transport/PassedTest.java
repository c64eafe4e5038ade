package dev.reserva.messaging.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PassedTest {

  private static Passed passed(long... positions) {
    Passed.Builder builder = new Passed.Builder();
    for (long position : positions) {
      builder.add(position, 1);
    }
    return builder.build();
  }

  @Test
  void events_are_counted_up_to_a_position() {
    Passed passed = passed(3, 5, 9);

    assertThat(passed.upTo(2)).isZero();
    assertThat(passed.upTo(5)).isEqualTo(2);
    assertThat(passed.count()).isEqualTo(3);
  }

  @Test
  void what_is_delivered_again_is_not_counted_again() {
    assertThat(passed(3, 5).and(passed(5, 9)).count()).isEqualTo(3);
    assertThat(passed(3, 5).and(Passed.NONE)).isEqualTo(passed(3, 5));
    assertThat(Passed.NONE.and(passed(3))).isEqualTo(passed(3));
  }

  @Test
  void it_is_cut_at_a_position() {
    assertThat(passed(3, 5, 9).after(5)).isEqualTo(passed(9));
    assertThat(passed(3, 5, 9).until(5)).isEqualTo(passed(3, 5));
    assertThat(passed(3).after(3)).isEqualTo(Passed.NONE);
    assertThat(Passed.NONE.after(3)).isEqualTo(Passed.NONE);
  }

  @Test
  void it_is_a_value() {
    Passed.Builder two = new Passed.Builder();
    two.add(3, 2);

    assertThat(passed(3))
        .isEqualTo(passed(3))
        .hasSameHashCodeAs(passed(3))
        .isNotEqualTo(passed(5))
        .isNotEqualTo(two.build())
        .isNotEqualTo(null)
        .hasToString("Passed[positions=[3], counts=[1]]");
    assertThat(passed(3).hashCode())
        .isNotEqualTo(passed(5).hashCode())
        .isNotEqualTo(two.build().hashCode());
  }

  @Test
  void several_events_at_one_position_all_count() {
    Passed.Builder builder = new Passed.Builder();
    builder.add(7, 100);
    builder.add(8, 0);
    for (long position = 9; position < 40; position++) {
      builder.add(position, 1);
    }
    assertThat(builder.build().upTo(7)).isEqualTo(100);
    assertThat(builder.build().count()).isEqualTo(131);
  }

  @Test
  void a_flag_marks_only_its_own_bit_and_only_behind_a_rewind() {
    LocalFlag flag = new LocalFlag(2, 10);

    assertThat(flag.marks(11, 0b100)).isTrue();
    assertThat(flag.marks(10, 0b100)).as("asked for again").isFalse();
    assertThat(flag.marks(11, 0b011)).isFalse();
    assertThat(LocalFlag.ABSENT.marks(11, -1)).isFalse();
    assertThatThrownBy(() -> new LocalFlag(31, 0)).hasMessage("number must be -1..30, was 31");
  }
}
