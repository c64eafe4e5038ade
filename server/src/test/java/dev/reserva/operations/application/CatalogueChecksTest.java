package dev.reserva.operations.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.contracts.Consumers;
import dev.reserva.contracts.Contract;
import dev.reserva.contracts.Contracts;
import dev.reserva.messaging.TopologyInspection.Check;
import dev.reserva.operations.application.CatalogueChecks.PayloadSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each check finds its planted fault. */
class CatalogueChecksTest {

  private static final String TYPE = "toy.ball.thrown";
  private static final PayloadSchema SCHEMA =
      new PayloadSchema(
          "/schemas/toy.ball.thrown/1", Set.of("ballId", "orderId"), Set.of("orderId"));

  private record Thrown(UUID orderId) {}

  private static Contract<?> contract(boolean recordOnly) {
    return new Contract<>(TYPE, Thrown.class, Thrown::orderId, Thrown::orderId, recordOnly);
  }

  private static List<String> findings(CatalogueChecks checks) {
    return all(checks).stream()
        .flatMap(check ->
            check.findings().stream()
                .map(each -> check.name() + ": " + each.object() + " " + each.problem()))
        .toList();
  }

  private static CatalogueChecks checks(
      boolean recordOnly, Set<String> consumed, PayloadSchema schema, Set<String> subscribed) {
    return new CatalogueChecks(
        List.of(contract(recordOnly)),
        Map.of("games", consumed),
        _ -> Optional.of(schema),
        Map.of("games", subscribed));
  }

  @Test
  void what_is_as_it_has_to_be_is_counted() {
    CatalogueChecks checks = checks(false, Set.of(TYPE), SCHEMA, Set.of(TYPE));

    assertThat(findings(checks)).isEmpty();
    assertThat(all(checks)).extracting(Check::checked).containsOnly(1L);
  }

  @Test
  void a_type_that_nobody_consumes_is_for_the_record_or_found() {
    assertThat(findings(checks(true, Set.of(), SCHEMA, Set.of()))).isEmpty();
    assertThat(findings(checks(false, Set.of(), SCHEMA, Set.of())))
        .containsExactly(
            "catalogue.types-are-consumed: event type toy.ball.thrown no service consumes it, and its"
                + " contract does not say that it is only for the record");
    assertThat(findings(checks(true, Set.of(TYPE), SCHEMA, Set.of(TYPE))))
        .containsExactly(
            "catalogue.types-are-consumed: event type toy.ball.thrown its contract says that it is"
                + " only for the record, and a service consumes it");
  }

  @Test
  void a_type_that_is_consumed_and_not_published_is_found() {
    assertThat(findings(checks(false, Set.of(TYPE, "toy.ball.lost"), SCHEMA, Set.of(TYPE))))
        .containsExactly(
            "catalogue.consumed-types-exist: event type toy.ball.lost games consumes it, and nobody"
                + " publishes it",
            "catalogue.services-subscribe: service games is declared to consume toy.ball.lost and"
                + " does not subscribe");
  }

  @Test
  void a_type_without_its_schema_is_found() {
    Function<PayloadSchema, List<String>> with =
        schema ->
            findings(
                new CatalogueChecks(
                    List.of(contract(true)), Map.of(), _ -> Optional.of(schema), Map.of()));

    assertThat(
            findings(
                new CatalogueChecks(
                    List.of(contract(true)), Map.of(), _ -> Optional.empty(), Map.of())))
        .containsExactly("catalogue.types-have-schemas: event type toy.ball.thrown has no schema");
    assertThat(with.apply(new PayloadSchema("/schemas/x/1", Set.of("id"), Set.of("id"))))
        .containsExactly(
            "catalogue.types-have-schemas: event type toy.ball.thrown its schema is /schemas/x/1, and"
                + " its events name /schemas/toy.ball.thrown/1");
  }

  @Test
  void a_payload_that_may_lack_its_key_is_found() {
    String id = SCHEMA.id();
    assertThat(
            findings(
                checks(
                    false,
                    Set.of(TYPE),
                    new PayloadSchema(id, Set.of("note"), Set.of()),
                    Set.of(TYPE))))
        .containsExactly(
            "catalogue.events-are-keyed: event type toy.ball.thrown requires no id, so its events may"
                + " have no key");
    assertThat(
            findings(
                checks(
                    false,
                    Set.of(TYPE),
                    new PayloadSchema(id, Set.of("ballId", "orderId"), Set.of("ballId")),
                    Set.of(TYPE))))
        .containsExactly(
            "catalogue.events-are-keyed: event type toy.ball.thrown names an order and does not"
                + " require it, so its events may leave the order of their key");
  }

  @Test
  void a_subscription_that_is_not_declared_is_found() {
    assertThat(findings(checks(true, Set.of(), SCHEMA, Set.of(TYPE))))
        .containsExactly(
            "catalogue.services-subscribe: service games subscribes to toy.ball.thrown and is not"
                + " declared to");
  }

  @Test
  void the_catalogue_says_of_each_type_whether_a_service_acts_on_it() {
    for (Contract<?> contract : Contracts.ALL) {
      assertThat(contract.recordOnly())
          .as(contract.name())
          .isEqualTo(Consumers.of(contract.name()).isEmpty());
    }
  }

  private static List<Check> all(CatalogueChecks checks) {
    return Stream.concat(checks.ofTheCatalogue().stream(), Stream.of(checks.subscribed())).toList();
  }
}
