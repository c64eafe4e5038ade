package dev.reserva.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocalServerIT {

  /** All of 127.0.0.0/8 is this machine. */
  @Test
  void the_server_of_the_demo_listens_on_the_loopback_address_only() throws Exception {
    Path data;
    try (LocalServer server = LocalServer.start(0);
        Socket socket = new Socket()) {
      data = server.data();
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.url().getPort()), 5_000);
      assertThatThrownBy(
              () -> {
                try (Socket other = new Socket()) {
                  other.connect(new InetSocketAddress("127.0.0.2", server.url().getPort()), 5_000);
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(data).doesNotExist();
  }
}
