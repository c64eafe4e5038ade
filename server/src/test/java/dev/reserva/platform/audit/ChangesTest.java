package dev.reserva.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.contracts.OperationsEvent.AuditChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {

  @Test
  void what_is_equal_before_and_after_is_left_out() {
    assertThat(Changes.of("stock", 7, 9).and("name", "A", "A").and("note", null, null).list())
        .containsExactly(new AuditChange("stock", "7", "9"));
  }

  @Test
  void an_added_member_has_no_value_before_and_a_removed_one_none_after() {
    assertThat(Changes.now("roles", "admin").list())
        .containsExactly(new AuditChange("roles", null, "admin"));
    assertThat(Changes.was("roles", "admin").list())
        .containsExactly(new AuditChange("roles", "admin", null));
  }

  @Test
  void personal_members_are_named_without_their_values() {
    assertThat(Changes.naming(List.of("name", "phone")).list())
        .containsExactly(new AuditChange("changed", null, "name, phone"));
    assertThat(Changes.naming(List.of())).isEqualTo(Changes.NONE);
  }

  @Test
  void the_number_of_members_is_bounded() {
    Changes full = Changes.NONE;
    for (int i = 0; i < Changes.MAX; i++) {
      full = full.and("member" + i, null, i);
    }
    Changes most = full;
    assertThatThrownBy(() -> most.and("one more", null, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("changes must have at most 20 members");
  }
}
