package dev.reserva.notifications.adapters.mail;

import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.domain.Channel;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes mails into a folder, one file {@code <message id>.eml} each, for a shop without a mail
 * server. The newest {@value #MOST_FILES} are kept.
 */
public final class FolderSender implements MessageSender {

  static final int MOST_FILES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(FolderSender.class);

  private static final String SUFFIX = ".eml";

  private final Path folder;
  private final MailComposer composer;
  private final Session session = Session.getInstance(new Properties());

  public FolderSender(Path folder, MailComposer composer) {
    this.folder = folder;
    this.composer = composer;
  }

  @Override
  public Channel channel() {
    return Channel.EMAIL;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public List<Result> send(List<Outgoing> messages) {
    List<Result> results = messages.stream().map(this::write).toList();
    removeOldest();
    return results;
  }

  private Result write(Outgoing outgoing) {
    try {
      Files.createDirectories(folder);
      // Addresses and words are personal data: nobody else on the machine reads them.
      Path aside =
          Files.createTempFile(
              folder,
              outgoing.id() + "-",
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(aside))) {
        composer.compose(outgoing, session).writeTo(file);
      }
      Files.move(aside, folder.resolve(outgoing.id() + SUFFIX), StandardCopyOption.ATOMIC_MOVE);
      return new Result.Accepted();
    } catch (MessagingException e) {
      return new Result.Bounced("the address cannot be used");
    } catch (IOException e) {
      return new Result.Unavailable("the folder of mails cannot be written: " + e.getMessage());
    }
  }

  /** The ids are ordered by time, and so are the names. */
  private void removeOldest() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> mails = files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
      for (Path old : mails.subList(0, Math.max(0, mails.size() - MOST_FILES))) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      LOG.warn("old mails cannot be removed, they stay: folder={}", folder, e);
    }
  }
}
