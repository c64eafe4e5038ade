package dev.reserva.customers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.customers.domain.Customer.Change;
import dev.reserva.customers.domain.Customer.Details;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final UUID ACCOUNT = UUID.randomUUID();
  private static final Details ANA =
      new Details(new PersonName("Ana"), new Email("Ana@example.org"), null, null);
  private static final Customer CUSTOMER = Customer.register(UUID.randomUUID(), ANA, NOW);

  @Test
  void a_change_makes_the_next_version() {
    Details renamed = new Details(new PersonName("Ana B"), ANA.email(), new Phone("12345"), null);

    assertThat(CUSTOMER.with(renamed, NOW.plusSeconds(1)))
        .isInstanceOfSatisfying(
            Change.Changed.class,
            change -> {
              assertThat(change.customer().version()).isEqualTo(2);
              assertThat(change.customer().updatedAt()).isEqualTo(NOW.plusSeconds(1));
              assertThat(change.customer().createdAt()).isEqualTo(NOW);
            });
  }

  @Test
  void the_same_details_change_nothing() {
    assertThat(CUSTOMER.with(ANA, NOW)).isInstanceOf(Change.Unchanged.class);
  }

  @Test
  void another_language_is_a_change_that_keeps_the_address_verified() {
    Details spanish = new Details(ANA.name(), ANA.email(), null, Language.ES);

    Customer changed = changed(changed(CUSTOMER.confirmed(NOW)).with(spanish, NOW));

    assertThat(changed.language()).isEqualTo(Language.ES);
    assertThat(changed.verified()).isTrue();
    assertThat(changed.with(spanish, NOW)).isInstanceOf(Change.Unchanged.class);
    assertThat(changed(changed.with(ANA, NOW)).language()).isNull();
    assertThat(changed(changed.deactivated(NOW)).language()).isEqualTo(Language.ES);
  }

  @ParameterizedTest
  @EnumSource
  void a_language_reads_back_from_its_code(Language language) {
    assertThat(Language.ofWire(language.wire())).isEqualTo(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "PT", "pt-BR", "fr"})
  void another_code_is_no_language(String code) {
    assertThatThrownBy(() -> Language.ofWire(code))
        .hasMessage("language must be one of en, pt, es, was \"" + code + "\"");
  }

  @Test
  void another_spelling_of_the_address_is_a_change() {
    Details lower = new Details(ANA.name(), new Email("ana@example.org"), null, null);

    assertThat(CUSTOMER.with(lower, NOW)).isInstanceOf(Change.Changed.class);
  }

  @Test
  void a_deactivated_customer_does_not_change_any_more() {
    Customer ended = changed(CUSTOMER.deactivated(NOW));

    assertThat(ended.active()).isFalse();
    assertThat(ended.version()).isEqualTo(2);
    assertThat(ended.with(ANA, NOW)).isInstanceOf(Change.Refused.class);
    assertThat(ended.deactivated(NOW)).isInstanceOf(Change.Unchanged.class);
    assertThat(ended.confirmed(NOW)).isInstanceOf(Change.Refused.class);
    assertThat(changed(ended.reactivated(NOW)).active()).isTrue();
  }

  @Test
  void an_address_is_verified_until_it_changes() {
    Customer verified = changed(CUSTOMER.confirmed(NOW));

    assertThat(CUSTOMER.verified()).isFalse();
    assertThat(verified.verified()).isTrue();
    assertThat(verified.confirmed(NOW)).isInstanceOf(Change.Unchanged.class);
    Details spelt = new Details(ANA.name(), new Email("ANA@example.org"), null, null);
    Details moved = new Details(ANA.name(), new Email("ana@example.com"), null, null);
    assertThat(changed(verified.with(spelt, NOW)).verified()).isTrue();
    assertThat(changed(verified.with(moved, NOW)).verified()).isFalse();
    assertThat(changed(verified.deactivated(NOW)).verified()).isTrue();
  }

  private static Customer changed(Change change) {
    return switch (change) {
      case Change.Changed(Customer customer) -> customer;
      case Change.Unchanged _, Change.Refused _ -> throw new AssertionError(change);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.co",
        "ana.b+c@mail.example.org",
        "x_y-z@sub-domain.example.museum",
        "a123456789b123456789c123456789d123456789e123456789f123456789wxyz@example.org"
      })
  void addresses_are_taken(String address) {
    assertThat(new Email(address).value()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ana",
        "@example.org",
        "ana@",
        "ana@example",
        "a b@example.org",
        "ana@@example.org",
        ".ana@example.org",
        "ana.@example.org",
        "ana@-example.org",
        "ana@example..org",
        "ana@example.org\n",
        "aná@example.org"
      })
  void an_ill_formed_address_is_refused(String text) {
    assertThatThrownBy(() -> new Email(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_address_of_hostile_length_is_refused_at_once() {
    String longest = "a@" + "b.".repeat(124) + "orgs";
    assertThat(new Email(longest).value()).hasSize(254);
    assertThatThrownBy(() -> new Email(longest + "s")).hasMessageEndingWith("had 255");
    assertThatThrownBy(() -> new Email("a".repeat(65) + "@example.org"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Email("a@" + "b.".repeat(500_000) + "org"))
        .hasMessageContaining("at most 254");
  }

  @Test
  void addresses_that_differ_in_case_alone_are_the_same() {
    assertThat(new Email("ANA@Example.org")).isEqualTo(new Email("ana@example.ORG"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+55 11 91234-5678",
        "(030) 12345",
        "12345",
        "123456789012345",
        "+1 2 3 4 5 - - - - - - - - - - -"
      })
  void telephone_numbers_are_taken(String number) {
    assertThat(new Phone(number).value()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1234", "call me", "1234567890123456", "+", "12345; drop"})
  void an_ill_formed_telephone_number_is_refused(String text) {
    assertThatThrownBy(() -> new Phone(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_login_keeps_its_identity_when_its_address_changes() {
    User before = User.ofCustomer(ACCOUNT, CUSTOMER, "hash", NOW);
    User login =
        new User(ACCOUNT, before.login(), "hash", before.roles(), CUSTOMER.id(), true, 7, NOW);
    Customer moved =
        new Customer(
            CUSTOMER.id(),
            CUSTOMER.name(),
            new Email("new@example.org"),
            null,
            null,
            false,
            true,
            2,
            NOW,
            NOW);

    User after = login.with(moved, "another hash");

    assertThat(after.id()).isEqualTo(ACCOUNT);
    assertThat(after.version()).isEqualTo(7);
    assertThat(after.login()).isEqualTo("new@example.org");
    assertThat(after.passwordHash()).isEqualTo("another hash");
    assertThat(after.active()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\u0007b"})
  void an_ill_formed_name_is_refused(String text) {
    assertThatThrownBy(() -> new PersonName(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_password_is_measured_in_characters_of_any_script() {
    assertThatThrownBy(() -> new Password("1234567"))
        .hasMessage("password must have 8..128 characters, had 7");
    assertThatThrownBy(() -> new Password("🐭".repeat(129)))
        .hasMessage("password must have 8..128 characters, had 129");
    assertThat(new Password("🐭".repeat(128)).value()).hasSize(256);
    assertThat(new Password("12345678")).hasToString("Password[…]");
  }

  @Test
  void a_password_is_the_same_whatever_the_keyboard_composes() {
    assertThat(new Password("cafe\u0301 creme")).isEqualTo(new Password("caf\u00e9 creme"));
  }

  @Test
  void half_of_a_character_is_no_part_of_a_password() {
    assertThatThrownBy(() -> new Password("12345678\ud83d"))
        .hasMessage("password must not contain half of a character");
  }

  @Test
  void the_role_customer_goes_with_a_customer_and_only_so() {
    assertThatThrownBy(
            () -> new User(ACCOUNT, "x", "hash", Set.of(UserRole.CUSTOMER), null, true, 1, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new User(ACCOUNT, "x", "hash", Set.of(UserRole.ADMIN), CUSTOMER.id(), true, 1, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_customer_is_called_by_its_id_in_records() {
    assertThat(User.ofCustomer(ACCOUNT, CUSTOMER, "hash", NOW).publicName())
        .isEqualTo(CUSTOMER.id().toString());
    assertThat(User.ofCustomer(ACCOUNT, CUSTOMER, "hash", NOW))
        .hasToString("User[%s]".formatted(CUSTOMER.id()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "ana@example.org", "1ana", "ana b"})
  void an_ill_formed_username_is_refused(String text) {
    assertThatThrownBy(() -> new Username(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_address_is_compared_in_lower_case_and_shown_as_it_was_typed() {
    Email ana = new Email("Ana@Example.org");

    assertThat(ana.value()).isEqualTo("Ana@Example.org");
    assertThat(ana.key()).isEqualTo("ana@example.org");
    assertThat(ana).isNotEqualTo(new Email("bea@example.org")).isNotEqualTo("ana@example.org");
    assertThat(ana).hasSameHashCodeAs(new Email("ANA@example.org"));
    assertThat(ana.hashCode()).isNotEqualTo(new Email("bea@example.org").hashCode());
  }

  @Test
  void personal_data_is_not_part_of_what_is_logged() {
    assertThat(ANA.email()).hasToString("Email[…]");
    assertThat(new Phone("12345")).hasToString("Phone[…]");
    assertThat(CUSTOMER).hasToString("Customer[%s]".formatted(CUSTOMER.id()));
  }

  @Test
  void a_login_of_staff_has_the_roles_of_staff() {
    User boss =
        User.staff(ACCOUNT, new Username("boss"), "hash", Set.of(UserRole.staff("admin")), NOW);

    assertThat(boss.publicName()).isEqualTo("boss");
    assertThat(boss.active()).isTrue();
    assertThat(boss.roles()).containsExactly(UserRole.ADMIN);
    assertThat(UserRole.staff("operator")).isEqualTo(UserRole.OPERATOR);
    assertThat(UserRole.staff("warehouse").wire()).isEqualTo("warehouse");
    assertThatThrownBy(() -> UserRole.staff("customer"))
        .hasMessage("role must be one of admin, operator, warehouse, was \"customer\"");
  }

  @Test
  void a_login_of_a_customer_is_its_address() {
    User login = User.ofCustomer(ACCOUNT, CUSTOMER, "hash", NOW);

    assertThat(login.login()).isEqualTo("ana@example.org");
    assertThat(login.customerId()).isEqualTo(CUSTOMER.id());
    assertThat(login.active()).isTrue();
  }
}
