package dev.reserva.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.gateway.RetryRules.Next;
import dev.reserva.platform.web.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryRulesTest {

  @ParameterizedTest
  @EnumSource(names = {"NOT_CONNECTED", "FULL"})
  void what_nobody_has_seen_goes_to_another_instance(Failure failure) {
    assertThat(RetryRules.after(failure, false, 0)).isEqualTo(Next.ANOTHER_INSTANCE);
    assertThat(RetryRules.after(failure, true, 9)).isEqualTo(Next.ANOTHER_INSTANCE);
  }

  @Test
  void what_broke_is_sent_again_twice_if_it_may_be_repeated() {
    assertThat(RetryRules.after(Failure.BROKEN, true, 0)).isEqualTo(Next.ANY_INSTANCE);
    assertThat(RetryRules.after(Failure.BROKEN, true, 1)).isEqualTo(Next.ANY_INSTANCE);
    assertThat(RetryRules.after(Failure.BROKEN, true, 2)).isEqualTo(Next.GIVE_UP);
    assertThat(RetryRules.after(Failure.BROKEN, false, 0)).isEqualTo(Next.GIVE_UP);
  }

  @Test
  void what_timed_out_is_not_sent_again() {
    assertThat(RetryRules.after(Failure.TIMED_OUT, true, 0)).isEqualTo(Next.GIVE_UP);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,false,true",
    "HEAD,false,true",
    "PUT,false,true",
    "DELETE,false,true",
    "POST,true,true",
    "POST,false,false",
    "PATCH,true,false"
  })
  void methods_are_idempotent_as_http_and_the_key_say(String method, boolean key, boolean is) {
    assertThat(RetryRules.isIdempotent(method, key)).isEqualTo(is);
  }

  @Test
  void failures_are_told_apart_by_their_exceptions() {
    assertThat(Failure.of(new ConnectException())).isEqualTo(Failure.NOT_CONNECTED);
    assertThat(Failure.of(new ConnectTimeoutException("x"))).isEqualTo(Failure.NOT_CONNECTED);
    assertThat(Failure.of(new ConnectionRequestTimeoutException("x"))).isEqualTo(Failure.FULL);
    assertThat(Failure.of(new SocketTimeoutException())).isEqualTo(Failure.TIMED_OUT);
    assertThat(Failure.of(new NoHttpResponseException("x"))).isEqualTo(Failure.BROKEN);
    assertThat(Failure.of(new IOException())).isEqualTo(Failure.BROKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "NOT_CONNECTED,POST,503,service-unavailable",
    "FULL,POST,503,service-unavailable",
    "BROKEN,GET,503,service-unavailable",
    "BROKEN,PUT,504,outcome-unknown",
    "TIMED_OUT,POST,504,outcome-unknown",
    "TIMED_OUT,GET,504,service-timeout"
  })
  void a_client_is_told_whether_something_may_have_changed(
      Failure failure, String method, int status, String type) {
    Problem problem = GatewayProblems.of(failure, Service.SALES, method);
    assertThat(problem.status()).isEqualTo(status);
    assertThat(problem.type()).isEqualTo(type);
    assertThat(problem.detail()).contains("sales");
    assertThat(problem.headers().containsKey("Retry-After")).isEqualTo(status == 503);
  }

  @Test
  void a_budget_allows_a_fifth_beyond_what_it_begins_with() {
    RetryBudget budget = new RetryBudget();
    for (int i = 0; i < RetryBudget.MOST_SAVED; i++) {
      assertThat(budget.spend()).isTrue();
    }
    assertThat(budget.spend()).isFalse();
    for (int i = 0; i < 4; i++) {
      budget.earn();
    }
    assertThat(budget.spend()).isFalse();
    budget.earn();
    assertThat(budget.spend()).isTrue();
    assertThat(budget.spend()).isFalse();
  }

  @Test
  void instances_are_asked_in_turn_and_not_while_their_breaker_is_open() {
    Instances instances =
        new Instances(List.of(URI.create("http://a:1"), URI.create("http://b:2")));
    Set<Instance> asked = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      asked.add(next(instances));
    }
    assertThat(asked).containsExactlyInAnyOrderElementsOf(instances.all());

    Instance broken = instances.all().getFirst();
    while (!broken.isOpen()) {
      if (broken.tryAcquire()) {
        broken.failed(1, new IOException("planted"));
      }
    }
    for (int i = 0; i < 5; i++) {
      assertThat(next(instances)).isEqualTo(instances.all().getLast());
    }
    assertThat(instances.next(Set.of(instances.all().getLast()))).isNull();
  }

  private static Instance next(Instances instances) {
    Instance next = java.util.Objects.requireNonNull(instances.next(Set.of()));
    next.answered(1);
    return next;
  }
}
