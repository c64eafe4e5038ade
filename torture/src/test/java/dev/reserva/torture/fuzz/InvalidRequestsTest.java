package dev.reserva.torture.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class InvalidRequestsTest {
  private static final String OPEN_API =
      """
      {"paths": {
         "/api/things": {"get": {}, "post": {}},
         "/api/things/{id}": {"delete": {}},
         "/api/events": {"get": {}, "post": {}},
         "/api/dlq/{id}": {"delete": {}},
         "/api/integrity": {"get": {}}},
       "components": {"schemas": {"Thing": {"properties": {"colour": {}}}}}}
      """;

  private final InvalidRequests nonsense =
      new InvalidRequests(JsonMapper.shared().readTree(OPEN_API));

  @Test
  void every_route_is_asked_for_but_those_by_which_an_admin_may_rightly_do_harm() {
    assertThat(nonsense.routes()).isEqualTo(3);
    SplittableRandom random = new SplittableRandom(1);
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      InvalidRequests.Request request = nonsense.next(random);
      asked.add(request.method());
      assertThat(request.path()).doesNotContain("{", "}").startsWith("/");
      assertThat(request.headers()).matches("(?s)([^\\n]*\\r\\n)*");
    }
    assertThat(asked).containsExactlyInAnyOrder("GET", "POST", "DELETE");
  }

  @Test
  void a_seed_makes_the_same_requests_again() {
    SplittableRandom one = new SplittableRandom(42);
    SplittableRandom other = new SplittableRandom(42);
    for (int i = 0; i < 200; i++) {
      InvalidRequests.Request first = nonsense.next(one);
      InvalidRequests.Request second = nonsense.next(other);
      assertThat(List.of(second.method(), second.path(), second.headers()))
          .isEqualTo(List.of(first.method(), first.path(), first.headers()));
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(InvalidRequests.garbage(other)).isEqualTo(InvalidRequests.garbage(one));
    }
  }
}
