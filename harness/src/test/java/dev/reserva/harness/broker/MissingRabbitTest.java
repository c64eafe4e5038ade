package dev.reserva.harness.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.harness.HarnessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where RabbitMQ is not installed or does not run. */
class MissingRabbitTest {
  @TempDir private Path folder;

  @Test
  void a_node_names_the_program_that_is_missing_and_leaves_nothing() {
    assertThatThrownBy(() -> RabbitNode.start(folder.resolve("bin"), folder, folder.resolve("log")))
        .isInstanceOf(HarnessFailure.class)
        .hasMessageStartingWith(
            "RabbitMQ is not installed: there is no %s/bin/rabbitmq-server; ".formatted(folder));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_virtual_host_names_the_tool_that_is_missing() {
    assertThatThrownBy(() -> LocalRabbit.onMachine(folder.resolve("rabbitmqctl")))
        .isInstanceOf(HarnessFailure.class)
        .hasMessage("RabbitMQ is not installed: there is no %s/rabbitmqctl".formatted(folder));
  }

  @Test
  void a_virtual_host_tells_what_a_broker_that_does_not_run_answers() throws IOException {
    Path tool = tool("echo unable to perform an operation on node rabbit; exit 69");
    assertThatThrownBy(() -> LocalRabbit.onMachine(tool))
        .isInstanceOf(HarnessFailure.class)
        .hasMessage(
            "no RabbitMQ broker of this machine can be administered: rabbitmqctl eval failed: unable"
                + " to perform an operation on node rabbit");
  }

  @Test
  void a_broker_that_listens_for_tls_only_is_not_used() throws IOException {
    Path tool = tool("echo '[]'");
    assertThatThrownBy(() -> LocalRabbit.onMachine(tool))
        .isInstanceOf(HarnessFailure.class)
        .hasMessageContaining("does not listen for AMQP without TLS");
  }

  private Path tool(String script) throws IOException {
    Path tool =
        Files.createFile(
            folder.resolve("rabbitmqctl"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    // Reads its input, as the tool does.
    return Files.writeString(tool, "#!/bin/sh\ncat >/dev/null\n" + script + "\n");
  }
}
