package dev.reserva.inventory.adapters.web;

import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.Upload;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * A CSV file of products: a heading that names the columns, then a line for each product. In UTF-8,
 * with or without a byte order mark, separated by commas or semicolons, by RFC 4180 otherwise.
 *
 * <p>It is read twice: once to find what makes it unreadable, before anything is changed, and once
 * to apply it. Only one line is in memory.
 */
final class ProductFile {

  static final int MOST_LINES = 100_000;

  static final List<String> COLUMNS =
      List.of(
          "sku",
          "name",
          "description",
          "category",
          "price",
          "currency",
          "taxRate",
          "taxCode",
          "stock",
          "minStock",
          "active");

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int LONGEST_HEADING = 1_000;

  private final Upload upload;

  private ProductFile(Upload upload) {
    this.upload = upload;
  }

  /**
   * A line of the file.
   *
   * @param number of the line where it begins; the heading is line 1
   */
  record Line(long number, CSVRecord fields) {}

  /**
   * Checks that the file can be read to its end.
   *
   * @throws Problem 400 that says what is wrong, and in which line
   */
  static ProductFile checked(Upload upload) {
    ProductFile file = new ProductFile(upload);
    long[] lines = {0};
    file.forEach(line -> {
      if (++lines[0] > MOST_LINES) {
        throw invalid("must have at most %,d lines below its heading".formatted(MOST_LINES));
      }
    });
    return file;
  }

  /** Passes on each line below the heading. */
  void forEach(Consumer<Line> consumer) {
    long begin = 1;
    try (Reader text = text()) {
      CSVParser parser =
          CSVParser.builder().setReader(text).setFormat(format(delimiter(text))).get();
      requireColumns(parser.getHeaderNames());
      begin = parser.getCurrentLineNumber() + 1;
      for (CSVRecord fields : parser) {
        consumer.accept(new Line(begin, fields));
        begin = parser.getCurrentLineNumber() + 1;
      }
    } catch (CharacterCodingException e) {
      throw invalid("must be in UTF-8, is not from about line %d on".formatted(begin));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw invalid("must be in UTF-8, is not from about line %d on".formatted(begin));
      }
      throw invalid("cannot be read from line %d on".formatted(begin));
    } catch (IOException | IllegalArgumentException e) {
      throw invalid("cannot be read from line %d on".formatted(begin));
    }
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.RFC4180
        .builder()
        .setDelimiter(delimiter)
        .setHeader()
        .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
        .setSkipHeaderRecord(true)
        .setIgnoreEmptyLines(true)
        .get();
  }

  private Reader text() throws IOException {
    Reader text =
        new BufferedReader(
            new InputStreamReader(
                new BufferedInputStream(upload.open()),
                // A new decoder reports malformed input instead of replacing it.
                StandardCharsets.UTF_8.newDecoder()));
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return text;
  }

  /** The separator that the heading has more often. */
  private static char delimiter(Reader text) throws IOException {
    text.mark(LONGEST_HEADING + 1);
    int commas = 0;
    int semicolons = 0;
    int read = 0;
    for (int c = text.read(); c >= 0 && c != '\n' && read < LONGEST_HEADING; c = text.read()) {
      read++;
      commas += c == ',' ? 1 : 0;
      semicolons += c == ';' ? 1 : 0;
    }
    text.reset();
    return semicolons > commas ? ';' : ',';
  }

  private static void requireColumns(List<String> found) {
    Set<String> unknown = new HashSet<>(found);
    COLUMNS.forEach(unknown::remove);
    if (!unknown.isEmpty() || !found.contains("sku")) {
      throw invalid(
          "must have a heading with the column sku and any of %s, has %s"
              .formatted(
                  String.join(", ", COLUMNS.subList(1, COLUMNS.size())),
                  found.isEmpty()
                      ? "none"
                      : String.join(", ", found.subList(0, Math.min(20, found.size())))));
    }
  }

  private static Problem invalid(String message) {
    return Problem.invalid("", message);
  }
}
