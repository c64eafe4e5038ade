package dev.reserva.platform.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** A file that a request has sent. It exists while the request runs. */
public final class Upload implements AutoCloseable {

  private final Path file;
  private final byte[] digest;

  private Upload(Path file, byte[] digest) {
    this.file = file;
    this.digest = digest;
  }

  /**
   * Reads a body into a temporary file.
   *
   * @return the file; one byte longer than {@code maxBytes} if the body is longer than that
   */
  public static Upload receive(InputStream body, long maxBytes) throws IOException {
    Path file = Files.createTempFile("reserva-upload-", null);
    MessageDigest digest = RequestContextParameters.sha256();
    try (var out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      byte[] buffer = new byte[64 * 1024];
      long left = maxBytes + 1;
      int read;
      while (left > 0 && (read = body.read(buffer, 0, (int) Math.min(buffer.length, left))) > 0) {
        out.write(buffer, 0, read);
        left -= read;
      }
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
    return new Upload(file, digest.digest());
  }

  /** The content. It can be read more than once. */
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }

  long length() throws IOException {
    return Files.size(file);
  }

  /** Identifies the content. */
  byte[] digest() {
    return digest.clone();
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
