package dev.reserva.messaging.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.messaging.Subscription;
import dev.reserva.messaging.delivery.Cursors.Claim;
import dev.reserva.messaging.transport.LocalFlag;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalMembershipTest {

  private final LocalDelivery delivery = new LocalDelivery(System::nanoTime);
  private final AtomicInteger woken = new AtomicInteger();

  private LocalMember join(String name, int number, long generation) {
    Subscription subscription = Subscription.of(name, Set.of("toy.item.added"), (_, _) -> {});
    Claim claim = new Claim(name, 1, 0, false, new LocalFlag(number, 0), generation, 0);
    return delivery.join(
        subscription, claim, new RateMeter(System::nanoTime), woken::incrementAndGet);
  }

  private static boolean takesPart(LocalMember member, long generation) {
    return member.isReady(generation);
  }

  @Test
  void claims_that_are_reported_in_their_order_need_no_verification() {
    LocalMember first = join("first", 0, 1);
    LocalMember second = join("second", 1, 2);

    assertThat(takesPart(first, 2)).isTrue();
    assertThat(takesPart(second, 2)).isTrue();
    assertThat(woken).hasValue(0);
  }

  @Test
  void a_claim_that_is_reported_after_a_later_one_is_verified_and_then_takes_part() {
    LocalMember later = join("later", 1, 2);
    LocalMember earlier = join("earlier", 0, 1);

    assertThat(takesPart(earlier, 2)).isFalse();
    assertThat(earlier.needsVerification()).isTrue();
    assertThat(woken).as("its loop is woken to verify it").hasPositiveValue();
    earlier.verified(2);
    assertThat(takesPart(earlier, 2)).isTrue();
    assertThat(takesPart(later, 2)).isTrue();
  }

  @Test
  void a_claim_that_another_process_followed_is_verified_by_both() {
    LocalMember first = join("first", 0, 1);
    LocalMember second = join("second", 1, 3);

    assertThat(first.needsVerification()).isTrue();
    first.verified(4);

    assertThat(takesPart(first, 4)).isTrue();
    assertThat(second.needsVerification()).as("the generation has risen again").isTrue();
    second.verified(4);
    assertThat(takesPart(second, 4)).isTrue();
  }

  @Test
  void a_verification_that_is_overtaken_by_a_claim_is_repeated() {
    LocalMember first = join("first", 0, 1);
    join("second", 1, 3);

    first.verified(2);

    assertThat(first.needsVerification()).isTrue();
    assertThat(takesPart(first, 3)).isFalse();
  }
}
