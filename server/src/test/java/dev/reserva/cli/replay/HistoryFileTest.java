package dev.reserva.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.cli.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFileTest {
  private static final String HEADING =
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

  @TempDir private Path folder;

  @Test
  void an_invoice_comes_whole_even_if_another_stands_between_its_lines() {
    HistoryFile file =
        plain(
            HEADING
                + "1,10001,a,1,2010-12-01 08:26:00,1.00,5.0,UK\n"
                + "2,10002,b,1,2010-12-01 08:26:00,1.00,6.0,UK\n"
                + "1,10003,c,1,2010-12-01 08:26:00,1.00,5.0,UK\n");
    List<Invoice> invoices = invoices(file);
    assertThat(invoices).extracting(Invoice::number).containsExactly("2", "1");
    assertThat(invoices.getLast().soldPieces()).containsOnlyKeys("10001", "10003");
  }

  @Test
  void the_same_sku_on_an_invoice_is_summed() {
    HistoryFile file = plain(HEADING + "1,10001,a,2,d,1.00,5.0,UK\n1,10001,a,3,d,1.00,5.0,UK\n");
    assertThat(invoices(file).getFirst().soldPieces()).containsEntry("10001", 5).hasSize(1);
  }

  @Test
  void every_line_is_counted_and_handed_over_even_the_unreadable() {
    HistoryFile file =
        plain(
            HEADING
                + "1,10001,a,2,d,1.00,5.0,UK\n"
                + "\n"
                + "too,few\n"
                + "1,10002,\"quoted, with \"\"comma\"\"\",2,d,1.00,5.0,UK");
    assertThat(file.lines()).isEqualTo(4);
    List<Invoice> invoices = invoices(file);
    assertThat(invoices.stream().mapToInt(invoice -> invoice.lines().size()).sum()).isEqualTo(4);
    assertThat(invoices)
        .flatExtracting(Invoice::skipped)
        .extracting(Line.Skipped::reason)
        .containsExactly(LeftOut.UNREADABLE, LeftOut.UNREADABLE);
    assertThat(invoices)
        .flatExtracting(Invoice::sales)
        .extracting(Line.Sale::name)
        .containsExactly("a", "quoted, with \"comma\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,10002,\"open,2,d,1.00,5.0,UK\n", // to the end of the file
        "1,10002,\"open,2,d,1.00,5.0,UK\n1,10003,a \"b\" c,2,d,1.00,5.0,UK\n", // to a quote within
        // a text
        "1,10002,\"closed\" and on,2,d,1.00,5.0,UK\n"
      })
  void a_broken_record_fails_with_the_line_where_it_begins(String broken) {
    String more = "1,10009,z,2,d,1.00,5.0,UK\n".repeat(17);

    assertThatThrownBy(() -> plain(HEADING + "1,10001,a,2,d,1.00,5.0,UK\n" + broken + more))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("history.csv cannot be read from line 3 on: ");
  }

  @Test
  void a_record_in_several_lines_counts_as_so_many() {
    HistoryFile file =
        plain(
            HEADING
                + "1,10001,a,2,d,1.00,5.0,UK\n"
                + "1,10002,\"in\ntwo\nor three\",2,d,1.00,5.0,UK\n"
                + "1,10003,c,2,d,1.00,5.0,UK\n");

    assertThat(file.lines()).isEqualTo(5);
    Invoice invoice = invoices(file).getFirst();
    assertThat(invoice.sales()).extracting(Line.Sale::sku).containsExactly("10001", "10003");
    assertThat(invoice.skipped())
        .extracting(Line.Skipped::reason)
        .containsExactly(LeftOut.LINE_BREAK, LeftOut.LINE_BREAK, LeftOut.LINE_BREAK);
  }

  @Test
  void a_file_that_was_cut_short_or_changes_its_separator_is_accounted_for() {
    HistoryFile file =
        plain(
            HEADING
                + "1,10001,a,2,d,1.00,5.0,UK\n"
                + "1;10002;b;2;d;1.00;5.0;UK\n"
                + "1\t10002\tb\t2\td\t1.00\t5.0\tUK\n"
                + "1,10003,c,2,d,1.0");

    assertThat(file.lines()).isEqualTo(4);
    assertThat(invoices(file))
        .flatExtracting(Invoice::skipped)
        .extracting(Line.Skipped::reason)
        .containsOnly(LeftOut.UNREADABLE)
        .hasSize(3);
  }

  @Test
  void it_reads_utf_8_with_a_byte_order_mark_windows_1252_line_ends_and_gzip() throws IOException {
    String text = (HEADING + "1,10001,Voucher £5,2,d,1.00,5.0,UK\n").replace("\n", "\r\n");
    Charset windows = Charset.forName("windows-1252");
    List<Path> files =
        List.of(
            Files.writeString(folder.resolve("utf-8.csv"), text),
            Files.writeString(folder.resolve("bom.csv"), '\uFEFF' + text),
            Files.write(folder.resolve("windows.csv"), text.getBytes(windows)),
            gzipped(text.getBytes(StandardCharsets.UTF_8)),
            gzipped(text.getBytes(windows)));
    assertThat(files)
        .allSatisfy(path ->
            assertThat(invoices(HistoryFile.survey(path)).getFirst().sales().getFirst().name())
                .isEqualTo("Voucher £5"));
  }

  @Test
  void a_file_that_is_not_a_history_is_reported() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> HistoryFile.survey(other))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("has no column InvoiceNo");
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> HistoryFile.survey(missing))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no file " + missing);
    Path broken = Files.writeString(folder.resolve("broken.csv.gz"), "no gzip");
    assertThatThrownBy(() -> HistoryFile.survey(broken))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void a_heading_alone_is_a_history_of_nothing() {
    HistoryFile file = plain(HEADING);
    assertThat(file.lines()).isZero();
    assertThat(invoices(file)).isEmpty();
  }

  private HistoryFile plain(String text) {
    try {
      return HistoryFile.survey(Files.writeString(folder.resolve("history.csv"), text));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path gzipped(byte[] bytes) throws IOException {
    Path path = Files.createTempFile(folder, "history", ".csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(bytes);
    }
    return path;
  }

  private static List<Invoice> invoices(HistoryFile file) {
    List<Invoice> invoices = new ArrayList<>();
    file.forEachInvoice(invoices::add);
    return invoices;
  }
}
