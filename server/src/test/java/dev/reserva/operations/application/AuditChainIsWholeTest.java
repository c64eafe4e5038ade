package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.TestTransactions;
import dev.reserva.operations.application.AuditRecords.Chained;
import dev.reserva.operations.application.Invariant.Finding;
import dev.reserva.operations.application.Invariant.TimeIsUp;
import dev.reserva.operations.domain.AuditLink;
import dev.reserva.operations.domain.AuditRecord;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditChainIsWholeTest {

  private final TestTransactions transactions = new TestTransactions(Instant.EPOCH);
  private final KeptInMemory kept = new KeptInMemory();

  private void keep(int records) {
    transactions.run(tx ->
        new KeepAuditRecords(kept)
            .keep(IntStream.rangeClosed(1, records).mapToObj(KeptInMemory::record).toList(), tx));
  }

  private Finding check() {
    return check(new AuditChainIsWhole(kept, 1_000));
  }

  private Finding check(AuditChainIsWhole invariant) {
    return transactions.snapshot(tx -> invariant.count(tx, () -> {}));
  }

  /** Replaces the record of a sequence number and leaves its hash as it is. */
  private void change(int sequence, AuditRecord changed) {
    Chained row = kept.rows.get(sequence - 1);
    kept.rows.set(sequence - 1, new Chained(row.link(), changed));
  }

  @Test
  void an_empty_trail_and_an_untouched_one_are_whole() {
    assertThat(check().violated()).isZero();
    keep(2_500);

    Finding finding = check(new AuditChainIsWhole(kept, 1_250));
    assertThat(finding.violated()).isZero();
    assertThat(finding.checked()).isEqualTo(2_500);
  }

  @Test
  void a_changed_record_is_found() {
    keep(5);
    change(3, KeptInMemory.record(7));

    assertThat(check().violations())
        .containsExactly("audit record 3 does not fit its hash; it, or the hash of 2, was changed");
  }

  @Test
  void a_changed_record_with_a_hash_that_fits_is_found_by_the_next_one() {
    keep(5);
    AuditRecord forged = KeptInMemory.record(7);
    kept.rows.set(2, new Chained(kept.rows.get(1).link().next(forged), forged));

    assertThat(check().violations())
        .containsExactly("audit record 4 does not fit its hash; it, or the hash of 3, was changed");
  }

  @Test
  void a_removed_record_is_found() {
    keep(5);
    kept.rows.remove(2);

    assertThat(check().violations())
        .containsExactly("audit record 4 follows 2; those between are missing");
  }

  @Test
  void records_removed_at_the_end_are_found() {
    keep(5);
    kept.rows.removeLast();

    assertThat(check().violations())
        .containsExactly(
            "the audit trail ends with record 4, its chain with 5; records are missing, or were added without it");
  }

  @Test
  void a_trail_that_was_emptied_is_found() {
    keep(5);
    kept.rows.clear();

    assertThat(check().violated()).isEqualTo(1);
  }

  @Test
  void a_record_that_was_added_without_the_chains_end_is_found() {
    keep(5);
    AuditLink end = kept.end;
    AuditRecord added = KeptInMemory.record(6);
    kept.rows.add(new Chained(end.next(added), added));

    assertThat(check().violated()).isEqualTo(1);
  }

  @Test
  void a_check_of_a_long_trail_reads_the_newest_records_and_older_ones_in_turn() {
    keep(25);
    AuditChainIsWhole invariant = new AuditChainIsWhole(kept, 10);

    assertThat(check(invariant).checked()).as("16..25 and 1..10").isEqualTo(20);
    assertThat(check(invariant).checked()).as("16..25 and 11..15").isEqualTo(15);
    assertThat(check(invariant).checked()).as("16..25 and 1..10 again").isEqualTo(20);
  }

  @Test
  void an_old_change_is_found_when_its_turn_comes() {
    keep(25);
    AuditChainIsWhole invariant = new AuditChainIsWhole(kept, 10);
    change(12, KeptInMemory.record(99));

    assertThat(check(invariant).violated()).isZero();
    assertThat(check(invariant).violated()).isEqualTo(1);
    assertThat(check(invariant).violated()).isZero();
    assertThat(check(invariant).violated()).isEqualTo(1);
  }

  @Test
  void a_missing_record_at_the_edge_of_a_part_is_found() {
    keep(25);
    kept.rows.remove(14);

    assertThat(check(new AuditChainIsWhole(kept, 10)).violations())
        .contains("audit record 15 is missing");
  }

  @Test
  void the_deadline_is_kept_between_pages() {
    keep(5);

    assertThatThrownBy(() ->
            transactions.snapshot(tx ->
                new AuditChainIsWhole(kept, 10)
                    .count(
                        tx,
                        () -> {
                          throw new TimeIsUp("as asked");
                        })))
        .isInstanceOf(TimeIsUp.class);
  }
}
