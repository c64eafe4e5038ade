package dev.reserva.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.reserva.EffectOf;
import dev.reserva.TestReserva;
import dev.reserva.harness.SelfSigned;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server that speaks TLS, with a certificate that is renewed, and where it listens. */
class TlsIT {

  @TempDir private Path folder;

  private SelfSigned identity(String name) throws Exception {
    return SelfSigned.create(folder.resolve(name + ".p12"), "dns:localhost,ip:127.0.0.1");
  }

  /** The files as Kubernetes mounts a secret: links by way of a folder that is exchanged. */
  @Test
  @EffectOf({"reserva.http.tls.certificate", "reserva.http.tls.key", "reserva.http.bind-address"})
  void a_server_speaks_tls_and_takes_over_a_renewed_certificate() throws Exception {
    SelfSigned first = identity("first");
    SelfSigned second = identity("second");
    Path mounted = Files.createDirectory(folder.resolve("mounted"));
    first.writeTo(mounted.resolve("v1"));
    Files.createSymbolicLink(mounted.resolve("..data"), Path.of("v1"));
    for (String file : List.of("tls.crt", "tls.key")) {
      Files.createSymbolicLink(mounted.resolve(file), Path.of("..data", file));
    }
    try (TestReserva reserva =
        TestReserva.start(
            "customers",
            null,
            "reserva.http.bind-address=127.0.0.1",
            "reserva.http.tls.certificate=" + mounted.resolve("tls.crt"),
            "reserva.http.tls.key=" + mounted.resolve("tls.key"))) {
      assertThatItAnswersOverTlsOnly(reserva.port(), first);
      assertThatItListensOnNoOtherAddress(reserva.port());

      // A key that does not fit: the certificate in use stays.
      List<ILoggingEvent> said = listen();
      new SelfSigned(second.certificate(), first.key()).writeTo(mounted.resolve("v2"));
      exchange(mounted, "v2");
      Shop.eventually(
          "the refusal is logged",
          () ->
              said.stream()
                      .anyMatch(event -> event.getFormattedMessage().contains("SSL reload error"))
                  ? true
                  : null);
      assertThat(presented(reserva.port(), first)).isEqualTo(first.certificate());

      second.writeTo(mounted.resolve("v3"));
      exchange(mounted, "v3");
      Shop.eventually(
          "the new certificate is presented", () -> presents(reserva.port(), second) ? true : null);
      assertThat(get(reserva.port(), second, "/actuator/health/liveness").statusCode())
          .isEqualTo(200);
      assertThatThrownBy(() -> presented(reserva.port(), first)).isInstanceOf(IOException.class);
    }
  }

  /** What the framework's watcher of files logs from now on; a start forgets those who listen. */
  private static List<ILoggingEvent> listen() {
    Logger logger =
        (Logger) LoggerFactory.getLogger("org.springframework.boot.autoconfigure.ssl.FileWatcher");
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.list = new CopyOnWriteArrayList<>();
    said.start();
    logger.addAppender(said);
    return said.list;
  }

  private static void exchange(Path mounted, String version) throws IOException {
    Path link = Files.createSymbolicLink(mounted.resolve("..data.new"), Path.of(version));
    Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void assertThatItAnswersOverTlsOnly(int port, SelfSigned identity)
      throws Exception {
    HttpResponse<String> answer = get(port, identity, "/actuator/health/liveness");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Strict-Transport-Security"))
        .hasValue("max-age=31536000");
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      try (SSLSocket socket = connect(port, identity)) {
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
      }
    }
    try (HttpClient plain = HttpClient.newHttpClient()) {
      assertThat(
              plain
                  .send(
                      HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/".formatted(port)))
                          .build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(400);
    }
  }

  /** All of 127.0.0.0/8 is this machine. */
  private static void assertThatItListensOnNoOtherAddress(int port) {
    assertThatThrownBy(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.2", port), 5_000);
              }
            })
        .isInstanceOf(IOException.class);
  }

  private static HttpResponse<String> get(int port, SelfSigned identity, String path)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(identity.trusting()).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:%d%s".formatted(port, path)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static SSLSocket connect(int port, SelfSigned identity) throws Exception {
    return (SSLSocket) identity.trusting().getSocketFactory().createSocket("127.0.0.1", port);
  }

  /** The certificate that a client which trusts this one only is shown. */
  private static Certificate presented(int port, SelfSigned identity) throws Exception {
    try (SSLSocket socket = connect(port, identity)) {
      socket.startHandshake();
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static boolean presents(int port, SelfSigned identity) {
    try {
      return presented(port, identity).equals(identity.certificate());
    } catch (Exception e) {
      return false; // still the other one
    }
  }
}
