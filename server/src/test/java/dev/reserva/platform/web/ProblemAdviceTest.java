package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.platform.json.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@ExtendWith(OutputCaptureExtension.class)
class ProblemAdviceTest {

  private final ProblemAdvice advice = new ProblemAdvice(new ProblemWriter(Json.requests()));
  private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/events");
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void a_caller_who_has_gone_is_no_fault_of_ours(CapturedOutput output) throws Exception {
    advice.answer(
        new HttpMessageNotWritableException("lost", new IOException("Broken pipe")),
        request,
        response);

    assertThat(output.getAll()).doesNotContain("request failed");
    assertThat(response.getContentAsByteArray()).isEmpty();
  }

  @Test
  void an_answer_that_cannot_be_made_is_a_fault_of_ours(CapturedOutput output) throws Exception {
    advice.answer(
        new HttpMessageNotWritableException("no JSON", new IllegalStateException("a bug")),
        request,
        response);

    assertThat(output.getAll()).contains("request failed: method=GET path=/api/events");
    assertThat(response.getStatus()).isEqualTo(500);
  }
}
