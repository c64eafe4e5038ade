package dev.reserva.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ManualIdsTest {

  private static final UUID ID = UUID.fromString("019a0f3c-1b2d-7abc-8def-0123456789ab");

  @Test
  void a_marked_id_differs_in_its_version_alone() {
    assertThat(ManualIds.mark(ID)).hasToString("019a0f3c-1b2d-8abc-8def-0123456789ab");
  }

  @Test
  void only_a_marked_id_tells_that_its_event_was_published_by_hand() {
    assertThat(ManualIds.isMarked(ID)).isFalse();
    assertThat(ManualIds.isMarked(ManualIds.mark(ID))).isTrue();
  }
}
