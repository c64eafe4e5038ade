package dev.reserva.platform.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;

class HandlerTest {

  /** A controller; its methods answer nothing. */
  static final class SamplesController {
    @Operation(summary = "List samples")
    public void list() {}

    @Operation(operationId = "Things-move", summary = "Move a sample")
    public void move() {}
  }

  private static String operationId(String method) throws NoSuchMethodException {
    return new Handler(
            HttpMethod.GET, "/samples", new HandlerMethod(new SamplesController(), method), null)
        .operationId();
  }

  @Test
  void an_operation_has_the_id_of_its_method_unless_another_is_told() throws Exception {
    assertThat(operationId("list")).isEqualTo("Samples-list");
    assertThat(operationId("move")).isEqualTo("Things-move");
  }
}
