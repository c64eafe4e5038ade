package dev.reserva.harness.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Connection;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start takes long, so the tests share a node. Each leaves it running. */
class RabbitNodeIT {
  @TempDir private static Path folder;
  private static RabbitNode node;

  @BeforeAll
  static void start() throws Exception {
    node = RabbitNode.start(folder);
  }

  @AfterAll
  static void close() {
    node.close();
    assertThat(node.isAlive()).isFalse();
    assertThatThrownBy(() -> node.rabbitmqctl("status"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the node is closed");
  }

  @Test
  void a_confirmed_message_is_there_after_a_kill_and_for_the_next_object_and_gone_after_a_wipe()
      throws Exception {
    Amqp.declare(node.uri(), "kept");
    node.syncTopology();
    Amqp.send(node.uri(), "kept", "hello");
    long killed = node.pid();

    node.kill();
    assertThat(ProcessHandle.of(killed)).isEmpty();
    assertThatThrownBy(() -> Amqp.connect(node.uri())).isInstanceOf(ConnectException.class);
    node.start();

    assertThat(node.pid()).isNotEqualTo(killed);
    assertThat(Amqp.take(node.uri(), "kept")).isEqualTo("hello");

    Amqp.send(node.uri(), "kept", "again");
    String password = node.uri().getUserInfo();
    node.close();
    node = RabbitNode.start(folder);

    assertThat(Amqp.take(node.uri(), "kept")).isEqualTo("again");
    assertThat(node.uri().getUserInfo()).isEqualTo(password);

    node.stop();
    assertThat(node.isAlive()).isFalse();
    assertThat(node.log()).content().contains("SIGTERM received - shutting down");

    node.wipe();

    assertThat(node.rabbitmqctl("list_queues", "name")).doesNotContain("kept");
  }

  @Test
  void nobody_gets_in_without_the_password_that_only_the_owner_can_read() throws Exception {
    URI stranger = URI.create("amqp://guest:guest@127.0.0.1:%d/reserva".formatted(node.port()));
    assertThatThrownBy(() -> Amqp.connect(stranger))
        .isInstanceOf(AuthenticationFailureException.class);
    String password = node.uri().getUserInfo().split(":", -1)[1];
    Path file = folder.resolve("rabbitmq.conf");
    assertThat(Files.readString(file)).contains(password);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ProcessHandle.of(node.pid()).orElseThrow().info().arguments().orElseThrow())
        .doesNotContain(password);
    try (Connection connection = Amqp.connect(node.uri())) {
      assertThat(connection.isOpen()).isTrue();
    }
  }

  @Test
  void a_virtual_host_is_on_a_private_node_where_the_machine_has_no_broker() throws Exception {
    Path missing = folder.resolve("no-such-tool");
    try (LocalRabbit rabbit = LocalRabbit.open(() -> LocalRabbit.onMachine(missing), () -> node)) {
      assertThat(rabbit.uri().getPort()).isEqualTo(node.port());
      Amqp.declare(rabbit.uri(), "orders");
      Amqp.send(rabbit.uri(), "orders", "hello");
      assertThat(Amqp.take(rabbit.uri(), "orders")).isEqualTo("hello");
    }
    assertThat(node.rabbitmqctl("list_vhosts", "name").lines()).containsExactly("name", "reserva");
  }
}
