package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reserva.contracts.CardNumbers;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.audit.SecurityEvent;
import dev.reserva.platform.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.HandlerMapping;

@ExtendWith(OutputCaptureExtension.class)
class ProblemAdviceTest {

  private static final String CARD = "4111111111111111";

  private final List<SecurityEvent> trail = new ArrayList<>();
  private final ProblemAdvice advice =
      new ProblemAdvice(new ProblemWriter(Json.requests()), trail::add);
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
    assertThat(trail).isEmpty();
  }

  @Test
  void a_card_number_in_a_request_is_on_record_with_its_route_and_member() throws Exception {
    answerCardNumberAt("/data/note");

    assertThat(response.getStatus()).isEqualTo(400);
    SecurityEvent event = trail.getFirst();
    assertThat(event.action()).isEqualTo(SecurityAction.CARD_NUMBER_REFUSED);
    assertThat(event.subject()).isEqualTo("GET /api/events/{id}");
    assertThat(event.details()).isEqualTo(Changes.now("member", "/data/note"));
  }

  @Test
  void a_card_number_for_the_name_of_a_member_is_not_on_record() throws Exception {
    answerCardNumberAt("/data/" + CARD);

    assertThat(trail.getFirst().details()).isEqualTo(Changes.NONE);
    assertThat(trail.getFirst().toString()).doesNotContain(CARD);
  }

  private void answerCardNumberAt(String pointer) throws Exception {
    request.setRequestURI("/api/events/" + CARD);
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, "/api/events/{id}");
    var errors = new InputErrors();
    errors.optional(pointer, CARD, CardNumbers::refuse);
    Problem refused = catchThrowableOfType(Problem.class, errors::throwIfAny);
    advice.answer(refused, request, response);
  }
}
