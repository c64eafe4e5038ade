package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.TestTransactions;
import dev.reserva.operations.application.AuditRecords.Chained;
import dev.reserva.operations.domain.AuditLink;
import dev.reserva.operations.domain.AuditRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepAuditRecordsTest {

  private static final AuditRecord ONE = KeptInMemory.record(1);
  private static final AuditRecord TWO = KeptInMemory.record(2);
  private static final AuditRecord THREE = KeptInMemory.record(3);

  private final TestTransactions transactions = new TestTransactions(Instant.EPOCH);
  private final KeptInMemory kept = new KeptInMemory();
  private final KeepAuditRecords keepAuditRecords = new KeepAuditRecords(kept);

  private void keep(AuditRecord... records) {
    transactions.run(tx -> keepAuditRecords.keep(List.of(records), tx));
  }

  @Test
  void each_record_is_linked_to_the_one_before_it() {
    keep(ONE, TWO);
    keep(THREE);

    AuditLink first = AuditLink.BEGINNING.next(ONE);
    AuditLink second = first.next(TWO);
    assertThat(kept.rows)
        .containsExactly(
            new Chained(first, ONE),
            new Chained(second, TWO),
            new Chained(second.next(THREE), THREE));
    assertThat(kept.end).isEqualTo(second.next(THREE));
  }

  @Test
  void a_repeated_event_is_kept_once() {
    keep(ONE, TWO);
    keep(TWO, ONE, THREE);
    keep(ONE);

    assertThat(kept.rows).extracting(Chained::record).containsExactly(ONE, TWO, THREE);
    assertThat(kept.end.sequence()).isEqualTo(3);
  }
}
