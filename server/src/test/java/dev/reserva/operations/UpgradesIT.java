package dev.reserva.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * The web server remembers upgraded connections by the protocol's name for as long as they are
 * open. CVE-2026-118233 says of versions up to 11.0.27 that an upgrade can leave something behind;
 * {@code docs/advisories.txt} says that it does not here.
 */
class UpgradesIT {

  private static final int TRIES = 40;

  @TempDir private Path data;

  @Test
  void upgrades_leave_nothing_behind_whatever_protocol_a_client_names() throws Exception {
    try (RunningServer server = new RunningServer(data)) {
      int port = server.uri("http", "/").getPort();
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < TRIES; i++) {
        answers.add(upgrade(port, i % 2 == 0 ? "websocket" : "websocket, odd-" + i));
        answers.add(upgrade(port, "odd-" + i));
      }
      assertThat(answers.stream().filter(line -> line.contains(" 101"))).isNotEmpty();

      AbstractHttp11Protocol<?> protocol = protocol(server);
      await().untilAsserted(() -> assertThat(open(protocol)).isEmpty());
      assertThat(((Map<?, ?>) field(protocol, "upgradeProtocolGroupInfos")).keySet())
          .as("names that are remembered")
          .hasSize(1)
          .allMatch("websocket"::equals);
    }
  }

  /** Asks for an upgrade, reads the first line of the answer, and hangs up. */
  private static String upgrade(int port, String protocol) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              """
              GET /ws/dashboard HTTP/1.1\r
              Host: 127.0.0.1\r
              Connection: Upgrade\r
              Upgrade: %s\r
              Sec-WebSocket-Version: 13\r
              Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
              \r
              """
                  .formatted(protocol)
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
      return new String(start, StandardCharsets.US_ASCII);
    }
  }

  private static AbstractHttp11Protocol<?> protocol(RunningServer server) {
    WebServer web = ((WebServerApplicationContext) server.context).getWebServer();
    if (!(web instanceof TomcatWebServer tomcat)) {
      throw new IllegalStateException("not Tomcat: " + web);
    }
    return (AbstractHttp11Protocol<?>) tomcat.getTomcat().getConnector().getProtocolHandler();
  }

  /** The upgraded connections that are remembered. */
  private static List<Object> open(AbstractHttp11Protocol<?> protocol)
      throws ReflectiveOperationException {
    List<Object> open = new ArrayList<>();
    for (Object group : ((Map<?, ?>) field(protocol, "upgradeProtocolGroupInfos")).values()) {
      open.addAll((Collection<?>) field(group, "upgradeInfos"));
    }
    return open;
  }

  private static Object field(Object owner, String name) throws ReflectiveOperationException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return Objects.requireNonNull(field.get(owner));
        }
      }
    }
    throw new NoSuchFieldException(name);
  }
}
