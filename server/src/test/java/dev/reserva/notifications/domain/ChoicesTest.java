package dev.reserva.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChoicesTest {

  @Test
  void who_has_chosen_nothing_gets_everything_but_news() {
    assertThat(Choices.NONE.wants(Kind.TRANSACTION, Channel.EMAIL)).isTrue();
    assertThat(Choices.NONE.wants(Kind.PROGRESS, Channel.SMS)).isTrue();
    assertThat(Choices.NONE.wants(Kind.NEWS, Channel.EMAIL)).isFalse();
  }

  @Test
  void a_choice_counts_for_its_kind_and_channel_alone() {
    Choices choices = Choices.NONE.with(Kind.PROGRESS, Channel.SMS, false);

    assertThat(choices.wants(Kind.PROGRESS, Channel.SMS)).isFalse();
    assertThat(choices.wants(Kind.PROGRESS, Channel.EMAIL)).isTrue();
    assertThat(choices.with(Kind.PROGRESS, Channel.SMS, true).wants(Kind.PROGRESS, Channel.SMS))
        .isTrue();
  }

  @Test
  void what_a_customer_has_to_know_cannot_be_unsubscribed() {
    assertThatThrownBy(() -> Choices.NONE.with(Kind.TRANSACTION, Channel.EMAIL, false))
        .hasMessageContaining("transaction cannot be unsubscribed");
  }
}
