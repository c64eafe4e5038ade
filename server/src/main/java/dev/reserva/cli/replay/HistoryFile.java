package dev.reserva.cli.replay;

import dev.reserva.cli.CommandFailure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of the shop's history, plain or gzipped, in UTF-8 (with or without a byte order mark) or,
 * where it is not that, in Windows-1252.
 *
 * <p>It is read twice: the survey counts its lines and finds where each invoice ends, so that the
 * second reading can stream, and hand over each invoice whole even where two are interleaved.
 */
final class HistoryFile {
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final List<String> COLUMNS =
      List.of("InvoiceNo", "StockCode", "Description", "Quantity", "UnitPrice", "CustomerID");
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Path path;
  private final Charset charset;
  private final long lines;
  private final Map<String, Long> lastLineOfInvoice;

  private HistoryFile(Path path, Charset charset, long lines, Map<String, Long> lastLineOfInvoice) {
    this.path = path;
    this.charset = charset;
    this.lines = lines;
    this.lastLineOfInvoice = lastLineOfInvoice;
  }

  /**
   * Surveys the file: counts its lines and finds the last line of each invoice.
   *
   * @throws CommandFailure if it cannot be read or does not have the columns of a history
   */
  static HistoryFile survey(Path path) {
    try {
      try {
        return survey(path, StandardCharsets.UTF_8);
      } catch (CharacterCodingException e) {
        return survey(path, WINDOWS);
      }
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + path, e);
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static HistoryFile survey(Path path, Charset charset) throws IOException {
    Map<String, Long> lastLine = new HashMap<>();
    try (CSVParser records = open(path, charset)) {
      requireColumns(path, records.getHeaderNames());
      long[] number = {0};
      forEachLine(path, records, line -> lastLine.put(line.invoice(), ++number[0]));
      return new HistoryFile(path, charset, number[0], lastLine);
    }
  }

  /**
   * Passes on every line below the heading, in the order of the file.
   *
   * @throws CommandFailure if a part cannot be read, such as a quote that is never closed. The
   *     message has the number of the line where that part begins
   */
  private static void forEachLine(Path path, CSVParser records, Consumer<Line> consumer)
      throws IOException {
    Iterator<CSVRecord> all = records.iterator();
    long read = records.getCurrentLineNumber();
    try {
      while (all.hasNext()) {
        CSVRecord record = all.next();
        long now = records.getCurrentLineNumber();
        linesOf(record, now - read).forEach(consumer);
        read = now;
      }
    } catch (UncheckedIOException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof CharacterCodingException coding) {
        throw coding;
      }
      throw new CommandFailure(
          "%s cannot be read from line %d on: %s".formatted(path, read + 1, cause.getMessage()), e);
    }
  }

  /** A record with line breaks is left out, and each of its lines counts. */
  private static List<Line> linesOf(CSVRecord record, long lines) {
    Line line = line(record);
    return lines <= 1
        ? List.of(line)
        : Collections.nCopies(
            Math.toIntExact(lines), new Line.Skipped(line.invoice(), "", LeftOut.LINE_BREAK));
  }

  private static void requireColumns(Path path, List<String> found) {
    List<String> missing = new ArrayList<>(COLUMNS);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw new CommandFailure(
          "%s has no column %s; its first line must name %s"
              .formatted(path, missing.getFirst(), String.join(", ", COLUMNS)));
    }
  }

  private static CSVParser open(Path path, Charset charset) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path));
    try {
      if (path.getFileName().toString().endsWith(".gz")) {
        bytes = new GZIPInputStream(bytes, 1 << 16);
      }
      // A new decoder reports malformed input. The default decoder of a charset replaces it.
      Reader text = new BufferedReader(new InputStreamReader(bytes, charset.newDecoder()), 1 << 16);
      text.mark(1);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      return CSVParser.builder().setReader(text).setFormat(FORMAT).get();
    } catch (CSVException e) {
      bytes.close();
      throw new CommandFailure("%s is no CSV file: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static Line line(CSVRecord record) {
    if (!record.isConsistent()) {
      return new Line.Skipped("", "", LeftOut.UNREADABLE);
    }
    return Line.of(
        record.get("InvoiceNo"),
        record.get("StockCode"),
        record.get("Description"),
        record.get("Quantity"),
        record.get("UnitPrice"),
        record.get("CustomerID"));
  }

  /** How many lines it has below its heading. */
  long lines() {
    return lines;
  }

  /** Hands over every line, invoice by invoice, in the order in which the invoices end. */
  void forEachInvoice(Consumer<Invoice> consumer) {
    Map<String, List<Line>> open = new HashMap<>();
    try (CSVParser records = open(path, charset)) {
      long[] number = {0};
      forEachLine(
          path,
          records,
          line -> {
            number[0]++;
            String invoice = line.invoice();
            List<Line> lines = open.computeIfAbsent(invoice, _ -> new ArrayList<>());
            lines.add(line);
            if (number[0] == lastLineOfInvoice.getOrDefault(invoice, number[0])) {
              open.remove(invoice);
              consumer.accept(new Invoice(invoice, lines));
            }
          });
    } catch (IOException e) {
      throw new CommandFailure("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }
}
