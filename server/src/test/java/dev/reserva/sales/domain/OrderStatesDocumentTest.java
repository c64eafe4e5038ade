package dev.reserva.sales.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/order-states.md} is rendered from the transition table. Run with {@code
 * -Dreserva.docs.write=true} to write it anew after a change of the table.
 */
class OrderStatesDocumentTest {

  private static final Path DOCUMENT = Path.of("..", "docs", "order-states.md");

  @Test
  void the_document_equals_the_table() throws IOException {
    if (Boolean.getBoolean("reserva.docs.write")) {
      Files.createDirectories(DOCUMENT.getParent());
      Files.writeString(DOCUMENT, rendered());
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(rendered());
  }

  private static String rendered() {
    return """
    # States of an order

    Rendered from `OrderTransitions`, the one table that checks, refusals and this page come from; a test holds
    them equal. Whatever is no edge here is refused with 409 `/problems/order-state`, or, as a late or repeated
    fact of another service, changes nothing. COMPLETED, CANCELLED and FAILED are final.

    SHIPPED, DELIVERED and COMPLETED follow from the order's shipments. An operator can set them by hand, with a
    reason, and the shipments follow. A dispatch and a cancellation at the same moment are decided where each
    happens: sales cancels an order until it knows that the last goods have left; logistics dispatches until it
    knows of the cancellation. If both happened, the order is CANCELLED, the shipment RETURNED, and money and goods
    go back once ([why](adr/0046-shipments.md)).

    ```mermaid
    stateDiagram-v2
    %s
    %s
    %s
    ```

    | from | to | when |
    | --- | --- | --- |
    %s
    """
        .formatted(
            OrderTransitions.BEGINNINGS.stream()
                .sorted()
                .map("  [*] --> %s"::formatted)
                .collect(Collectors.joining("\n")),
            OrderTransitions.ALL.stream()
                .map(edge -> "  %s --> %s: %s".formatted(edge.from(), edge.to(), edge.trigger()))
                .collect(Collectors.joining("\n")),
            java.util.Arrays.stream(OrderStatus.values())
                .filter(status -> OrderTransitions.next(status).isEmpty())
                .map("  %s --> [*]"::formatted)
                .collect(Collectors.joining("\n")),
            OrderTransitions.ALL.stream()
                .map(edge ->
                    "| %s | %s | %s |".formatted(edge.from(), edge.to(), edge.trigger().meaning()))
                .collect(Collectors.joining("\n")));
  }
}
