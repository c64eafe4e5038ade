package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void numbers_stand_right_and_words_left() {
    assertThat(Table.of("product", "stock").row("Mouse", 50).row("Keyboard", "1,000").toString())
        .isEqualTo(
            """
                product   stock
                --------  -----
                Mouse        50
                Keyboard  1,000
            """);
  }

  @Test
  void a_row_has_a_cell_for_each_column() {
    Table table = Table.of("one", "two");
    assertThatThrownBy(() -> table.row("alone")).hasMessage("cells must be 2, were 1");
  }
}
