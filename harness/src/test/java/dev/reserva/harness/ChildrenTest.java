package dev.reserva.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildrenTest {

  /** The tests run with such a variable: see the module's pom.xml. */
  @Test
  void a_child_inherits_none_of_the_callers_settings() throws Exception {
    assertThat(System.getenv("RESERVA_TEST_SECRET")).isEqualTo("hush");
    Process child = Children.builder(List.of("env")).start();
    String environment = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(environment).contains("PATH=").doesNotContain("RESERVA_TEST", "hush");
  }

  @Test
  void an_isolated_child_inherits_only_where_things_are() throws Exception {
    Process child = Children.isolated(List.of("env")).start();
    String environment = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(System.getenv("RABBITMQ_NODENAME")).isEqualTo("another");
    assertThat(environment).contains("PATH=").doesNotContain("RABBITMQ", "RESERVA_TEST", "hush");
  }
}
