package dev.reserva.platform.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.platform.events.CatalogueTable.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contracts, the schemas and the table of docs/events.md agree. */
class PublishedLanguageTest {

  private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
  private static final List<String> CONTRACTS =
      Contracts.ALL.stream().<String>map(Contract::name).toList();

  @Test
  void the_table_lists_every_event_in_the_order_of_the_catalogue() {
    assertThat(CatalogueTable.read().stream().map(Row::type).toList()).isEqualTo(CONTRACTS);
  }

  @Test
  void every_row_says_when_and_leads_to_the_schema() {
    for (Row row : CatalogueTable.read()) {
      assertThat(row.publishedWhen()).as(row.type()).isNotBlank();
      assertThat(row.schema())
          .isEqualTo(
              "[1](../server/src/main/resources%s.json)".formatted(Schemas.uriOf(row.type())));
    }
  }

  @Test
  void a_row_without_consumers_is_of_a_type_that_is_only_for_the_record() {
    assertThat(
            CatalogueTable.read().stream()
                .filter(row -> row.consumers().isEmpty())
                .map(Row::type)
                .toList())
        .isEqualTo(
            Contracts.ALL.stream()
                .filter(Contract::recordOnly)
                .<String>map(Contract::name)
                .toList());
  }

  @Test
  void there_is_a_schema_of_every_event_and_no_other() throws IOException {
    try (Stream<Path> folders = Files.list(SCHEMAS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()).toList())
          .containsExactlyInAnyOrderElementsOf(CONTRACTS);
    }
    assertThat(new Schemas().all().stream().map(Schemas.Published::type).toList())
        .isEqualTo(CONTRACTS);
  }

  @Test
  void a_name_begins_with_its_publisher_and_is_a_fact_about_an_entity() {
    for (Contract<?> contract : Contracts.ALL) {
      assertThat(contract.name()).matches("[a-z]+\\.[a-z]+\\.[a-z_]+(\\.v[2-9])?");
      String publisher = contract.payload().getEnclosingClass().getSimpleName();
      assertThat(publisher.toLowerCase(java.util.Locale.ROOT))
          .isEqualTo(contract.context() + "event");
    }
  }
}
