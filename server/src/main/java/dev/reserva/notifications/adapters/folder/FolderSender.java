package dev.reserva.notifications.adapters.folder;

import dev.reserva.notifications.application.MessageSender;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Rendered;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the messages of a channel into a folder, one file {@code <message id>.<suffix>} each, for
 * a shop without a provider. The newest {@value #MOST_FILES} of the channel are kept.
 */
public final class FolderSender implements MessageSender {

  static final int MOST_FILES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(FolderSender.class);

  private final Path folder;
  private final Channel channel;
  private final String suffix;
  private final Form form;

  /**
   * @param suffix of the files, such as {@code eml}
   */
  public FolderSender(Path folder, Channel channel, String suffix, Form form) {
    this.folder = folder;
    this.channel = channel;
    this.suffix = "." + suffix;
    this.form = form;
  }

  /** How a message is written. */
  @FunctionalInterface
  public interface Form {

    /**
     * @return whether the address can be used
     */
    boolean write(Outgoing outgoing, OutputStream file) throws IOException;
  }

  /** A telephone message as lines of text. */
  public static boolean writeText(Outgoing outgoing, OutputStream file) throws IOException {
    Rendered words = outgoing.words();
    String subject = words.subject().isEmpty() ? "" : "Subject: " + words.subject() + "\n";
    file.write(
        "To: %s\n%s\n%s\n"
            .formatted(outgoing.address(), subject, words.text())
            .getBytes(StandardCharsets.UTF_8));
    return true;
  }

  @Override
  public Channel channel() {
    return channel;
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
        if (!form.write(outgoing, file)) {
          Files.delete(aside);
          return new Result.Bounced("the address cannot be used");
        }
      }
      Files.move(aside, folder.resolve(outgoing.id() + suffix), StandardCopyOption.ATOMIC_MOVE);
      return new Result.Accepted();
    } catch (IOException e) {
      return new Result.Unavailable("the folder of messages cannot be written: " + e.getMessage());
    }
  }

  /** The ids are ordered by time, and so are the names. */
  private void removeOldest() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> messages =
          files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      for (Path old : messages.subList(0, Math.max(0, messages.size() - MOST_FILES))) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      LOG.warn("old messages cannot be removed, they stay: folder={}", folder, e);
    }
  }
}
