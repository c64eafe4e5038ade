package dev.reserva.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.platform.web.Problem.InputError;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /stock            | must be 0 or more        | stock must be 0 or more
          /items/0/quantity | must be 1..9, was 0      | quantity must be 1..9, was 0
          /items/3          | must be an object        | items[3] must be an object
          /roles/0          | role must be one of a, b | role must be one of a, b
          /a~1b~0           | is not a known field     | a/b~ is not a known field
          /7                | is not a known field     | 7 is not a known field
          ?limit            | must be 1..200, was 0    | limit must be 1..200, was 0
          ?                 | must be well-formed      | the query must be well-formed
          If-Match          | must be *                | If-Match must be *
          {id}              | must be a UUID           | {id} must be a UUID
          ''                | must be UTF-8            | the body must be UTF-8
          ''                | a header must be short   | a header must be short
          """)
  void the_message_of_an_input_error_is_a_sentence_about_its_field(
      String pointer, String given, String message) {
    assertThat(new InputError(pointer, given).message()).isEqualTo(message);
  }

  @Test
  void the_detail_tells_the_place_where_the_message_does_not() {
    assertThat(Problem.invalid("/stock", "is required").detail()).isEqualTo("stock is required");
    assertThat(Problem.invalid("?limit", "must be 1..200").detail())
        .isEqualTo("limit must be 1..200");
    assertThat(Problem.invalid("/items/0/quantity", "is required").detail())
        .isEqualTo("/items/0/quantity: quantity is required");
    assertThat(Problem.invalid("/price", "amount must be a decimal").detail())
        .isEqualTo("/price: amount must be a decimal");
    assertThat(Problem.invalid("", "must be UTF-8").detail()).isEqualTo("the body must be UTF-8");
  }

  @Test
  void the_detail_tells_three_errors_and_how_many_more_there_are() {
    List<InputError> errors =
        IntStream.range(0, 5).mapToObj(i -> new InputError("/f" + i, "is required")).toList();

    Problem problem = Problem.invalid(errors);

    assertThat(problem.detail())
        .isEqualTo("f0 is required; f1 is required; f2 is required; and 2 more");
    assertThat(problem.members()).containsEntry("errors", errors);
  }
}
