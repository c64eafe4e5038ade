package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerErrorsTest {

  private static final String VALID = "GET / HTTP/1.1\r\nHost: shop\r\n\r\n";

  @TempDir Path folder;

  private final Tomcat tomcat = new Tomcat();
  private final PausedBehindTheRequestLine protocol = new PausedBehindTheRequestLine();
  private final Connector connector = new Connector(protocol);

  /**
   * Once armed, a connector that is not paused when a request arrives, and is when its request line
   * has been read: the interleaving of a stop and a request, in one thread.
   */
  private static final class PausedBehindTheRequestLine extends Http11NioProtocol {

    final AtomicBoolean armed = new AtomicBoolean();
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public boolean isPaused() {
      return (armed.get() && asked.incrementAndGet() > 1) || super.isPaused();
    }
  }

  @BeforeEach
  void start() throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setSilent(true);
    connector.setPort(0);
    connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
    tomcat.setConnector(connector);
    ((StandardHost) tomcat.getHost()).setErrorReportValveClass(ContainerErrors.class.getName());
    tomcat.addContext("", null);
    tomcat.start();
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void a_valid_request_during_a_stop_is_answered_503() throws IOException {
    protocol.armed.set(true);

    String answer = answerTo(VALID);

    assertThat(protocol.asked.get()).as("the stop was met").isGreaterThan(1);
    assertThat(answer)
        .startsWith("HTTP/1.1 503 ")
        .contains("\r\nRetry-After: ", "application/problem+json", "\"status\":503");
  }

  @Test
  void a_request_without_a_host_is_ill_formed() throws IOException {
    assertThat(answerTo("GET / HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "\"status\":400");
  }

  @Test
  void another_version_of_http_is_refused_as_such() throws IOException {
    assertThat(answerTo("GET / HTTP/9.9\r\nHost: shop\r\n\r\n"))
        .startsWith("HTTP/1.1 505 ")
        .contains("application/problem+json", "\"status\":505");
  }

  private String answerTo(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
