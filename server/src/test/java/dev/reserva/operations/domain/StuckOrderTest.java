package dev.reserva.operations.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.operations.domain.StuckOrder.Awaited;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StuckOrderTest {

  private static final Instant SINCE = Instant.parse("2026-01-05T12:00:00Z");
  private static final Instant UNTIL = SINCE.plusSeconds(600);
  private static final UUID LETTER = new UUID(1, 2);

  private static Blockade blockade(UUID id, @Nullable Instant dueAt, Instant since) {
    return new Blockade(
        id,
        new UUID(1, 1),
        "inventory",
        new UUID(1, 3),
        "sales.order.paid",
        4,
        dueAt,
        "StatementFailed",
        "a constraint",
        since);
  }

  private static StuckOrder stuck(Awaited awaited, @Nullable Blockade blockade) {
    return new StuckOrder(new UUID(1, 1), awaited, SINCE, UNTIL, blockade);
  }

  @ParameterizedTest
  @EnumSource(Awaited.class)
  void cause_and_remedy_are_one_sentence_each(Awaited awaited) {
    for (StuckOrder order :
        List.of(
            stuck(awaited, null),
            stuck(awaited, blockade(LETTER, null, SINCE)),
            stuck(awaited, blockade(LETTER, UNTIL, SINCE)))) {
      assertThat(order.waitsFor()).matches("It waits .+[.]").doesNotContain(". ");
      assertThat(order.remedy()).matches("[A-Z].+[.]").doesNotContain(". ", "null");
    }
  }

  @Test
  void a_dead_letter_is_named_with_what_to_do_about_it() {
    StuckOrder order = stuck(Awaited.CONFIRMATION, blockade(LETTER, null, SINCE));

    assertThat(order.waitsFor())
        .isEqualTo("It waits behind sales.order.paid, which inventory has given up.");
    assertThat(order.remedy())
        .isEqualTo(
            "Repair the cause and retry dead letter %s of inventory, or discard it with a reason."
                .formatted(LETTER));
  }

  @Test
  void a_retry_says_when_it_is_due() {
    StuckOrder order = stuck(Awaited.STOCK, blockade(LETTER, UNTIL, SINCE));

    assertThat(order.waitsFor())
        .isEqualTo("It waits for the next attempt of inventory to handle sales.order.paid.");
    assertThat(order.remedy()).contains("StatementFailed", UNTIL.toString());
  }

  @Test
  void a_buyer_is_reminded() {
    assertThat(stuck(Awaited.BUYER, null).waitsFor()).isEqualTo("It waits for the buyer to pay.");
    assertThat(stuck(Awaited.BUYER, null).remedy()).contains("Remind the buyer", UNTIL.toString());
  }

  @Test
  void a_dead_letter_is_worse_than_a_retry_and_an_older_one_than_a_newer_one() {
    Blockade retry = blockade(new UUID(1, 4), UNTIL, SINCE.minusSeconds(9));
    Blockade newer = blockade(new UUID(1, 5), null, SINCE.plusSeconds(1));
    Blockade older = blockade(new UUID(1, 6), null, SINCE);

    assertThat(List.of(retry, newer, older).stream().sorted(Blockade.WORST_FIRST))
        .containsExactly(older, newer, retry);
  }
}
