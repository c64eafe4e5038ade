package dev.reserva.notifications.adapters.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.notifications.adapters.mail.MailComposer;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSenderTest {

  @TempDir Path folder;

  private FolderSender sender() {
    return new FolderSender(
        folder,
        Channel.EMAIL,
        "eml",
        new MailComposer("shop@example.org", "Shop", Clock.systemUTC())::write);
  }

  private static Outgoing mail(UUID id, String address) {
    return new Outgoing(id, address, Language.PT, new Rendered("Olá", "text", "<p>html</p>"), null);
  }

  @Test
  void a_mail_is_one_file_that_nobody_else_reads() throws IOException {
    UUID id = UUID.fromString("01977c1e-5a00-7000-8000-000000000001");

    assertThat(sender().send(List.of(mail(id, "maria@example.org"), mail(id, "maria@example.org"))))
        .containsOnly(new Result.Accepted());

    Path file = folder.resolve(id + ".eml");
    assertThat(Files.readString(file))
        .contains("To: maria@example.org", "Message-ID: <" + id + "@example.org>")
        .contains("Content-Language: pt", "<p>html</p>");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void an_address_that_cannot_be_used_bounces() {
    assertThat(sender().send(List.of(mail(UUID.randomUUID(), "no address"))))
        .containsExactly(new Result.Bounced("the address cannot be used"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_telephone_message_is_a_file_with_its_number_and_text() throws IOException {
    UUID id = UUID.fromString("01977c1e-5a00-7000-8000-000000000002");

    new FolderSender(folder, Channel.SMS, "sms", FolderSender::writeText)
        .send(
            List.of(
                new Outgoing(
                    id,
                    "+5511987654321",
                    Language.PT,
                    new Rendered("", "Está a caminho", null),
                    null)));

    assertThat(Files.readString(folder.resolve(id + ".sms")))
        .isEqualTo("To: +5511987654321\n\nEstá a caminho\n");
  }

  @Test
  void the_oldest_mails_are_removed() throws IOException {
    for (int i = 0; i < FolderSender.MOST_FILES; i++) {
      Files.createFile(folder.resolve("01977c1e-%04d.eml".formatted(i)));
    }
    sender()
        .send(
            List.of(
                mail(UUID.fromString("11977c1e-5a00-7000-8000-000000000001"), "a@example.org")));

    assertThat(folder.resolve("01977c1e-0000.eml")).doesNotExist();
    assertThat(folder.resolve("01977c1e-0001.eml")).exists();
  }
}
