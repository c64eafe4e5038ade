package dev.reserva.platform.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.EffectOf;
import dev.reserva.ServiceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubjectKeysIT {

  private static final String NEW_SECRET = "another secret, which took the place of the first";

  private static ServiceDatabase database;

  private final UUID ana = UUID.randomUUID();
  private final UUID bert = UUID.randomUUID();
  private final SubjectKeys keys = TestKeys.subjectKeys();

  @BeforeAll
  static void start() {
    database = new ServiceDatabase("platform");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static SubjectKey obtained(SubjectKeys keys, UUID subject) {
    return Objects.requireNonNull(
        database.transactions().call(tx -> keys.obtain(List.of(subject), tx)).get(subject));
  }

  private static Map<UUID, SubjectKey> found(SubjectKeys keys, UUID subject) {
    return database.transactions().call(tx -> keys.find(List.of(subject), tx));
  }

  @Test
  void what_is_sealed_opens_as_the_same_member_of_the_same_person_alone() {
    String sealed = obtained(keys, ana).seal("name", "Ana Souza");
    assertThat(sealed).matches("sealed-personal:[A-Za-z0-9_-]+").isNotEqualTo("Ana Souza");
    assertThat(obtained(keys, ana).seal("name", "Ana Souza")).isNotEqualTo(sealed);
    assertThat(obtained(keys, ana).open("name", sealed)).contains("Ana Souza");
    assertThat(obtained(keys, ana).open("email", sealed)).isEmpty();
    assertThat(obtained(keys, bert).open("name", sealed)).isEmpty();
    assertThat(obtained(keys, ana).open("name", "sealed-personal:!")).isEmpty();
    assertThat(obtained(keys, ana).open("name", "not sealed")).contains("not sealed");
  }

  @Test
  void the_key_of_a_new_person_is_known_at_once_and_afterwards() {
    String sealed =
        database
            .transactions()
            .call(tx ->
                Objects.requireNonNull(keys.create(List.of(ana, bert), tx).get(ana))
                    .seal("phone", "+55 11"));
    assertThat(obtained(keys, ana).open("phone", sealed)).contains("+55 11");
    assertThat(found(keys, bert)).hasSize(1);
  }

  @Test
  void transactions_at_once_get_one_key_of_a_person() throws Exception {
    CyclicBarrier start = new CyclicBarrier(8);
    List<Future<String>> sealing = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        List<UUID> both = i % 2 == 0 ? List.of(ana, bert) : List.of(bert, ana);
        sealing.add(
            threads.submit(() -> {
              start.await();
              return database
                  .transactions()
                  .call(tx ->
                      Objects.requireNonNull(keys.obtain(both, tx).get(ana)).seal("name", "Ana"));
            }));
      }
    }
    for (Future<String> sealed : sealing) {
      assertThat(obtained(keys, ana).open("name", sealed.get())).contains("Ana");
    }
  }

  @Test
  void a_destroyed_key_opens_nothing_and_is_never_made_anew() {
    obtained(keys, ana).seal("name", "Ana");
    database.transactions().run(tx -> keys.destroy(List.of(ana), tx));
    database.transactions().run(tx -> keys.destroy(List.of(bert), tx));
    for (UUID gone : List.of(ana, bert)) {
      assertThat(found(keys, gone)).isEmpty();
      Map<UUID, SubjectKey> obtained =
          database.transactions().call(tx -> keys.obtain(List.of(gone), tx));
      assertThat(obtained).isEmpty();
    }
  }

  @Test
  void the_table_holds_no_key_in_clear() {
    String sealed = obtained(keys, ana).seal("name", "Ana");
    SubjectKeys stranger = new SubjectKeys(new MasterKeys(NEW_SECRET, List.of()));
    assertThatThrownBy(() -> found(stranger, ana))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("reserva.privacy.secret");
    SubjectKeys later = new SubjectKeys(new MasterKeys(NEW_SECRET, List.of(TestKeys.SECRET)));
    assertThat(Objects.requireNonNull(found(later, ana).get(ana)).open("name", sealed))
        .contains("Ana");
  }

  @Test
  @EffectOf({"reserva.privacy.secret", "reserva.privacy.former-secrets"})
  void a_process_with_another_secret_does_not_start_unless_it_has_the_former_one_too() {
    try (ServiceDatabase fresh = new ServiceDatabase("platform")) {
      new SecretCheck(
              keysOf(new PrivacyProperties(TestKeys.SECRET, List.of())), fresh.transactions())
          .run();
      SecretCheck another =
          new SecretCheck(
              keysOf(new PrivacyProperties(NEW_SECRET, List.of())), fresh.transactions());
      assertThatThrownBy(another::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("reserva.privacy.secret is not the one");
      new SecretCheck(
              keysOf(new PrivacyProperties(NEW_SECRET, List.of(TestKeys.SECRET))),
              fresh.transactions())
          .run();
      SecretCheck left =
          new SecretCheck(
              keysOf(new PrivacyProperties(TestKeys.SECRET, List.of())), fresh.transactions());
      assertThatThrownBy(left::run).isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static MasterKeys keysOf(PrivacyProperties properties) {
    return new MasterKeys(Objects.requireNonNull(properties.secret()), properties.formerSecrets());
  }
}
