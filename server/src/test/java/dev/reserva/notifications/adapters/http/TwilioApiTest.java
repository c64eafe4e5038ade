package dev.reserva.notifications.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reserva.EffectOf;
import dev.reserva.notifications.adapters.http.FakeProvider.Answer;
import dev.reserva.notifications.adapters.http.FakeProvider.Request;
import dev.reserva.notifications.application.MessageSender.Outgoing;
import dev.reserva.notifications.application.MessageSender.Result;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwilioApiTest {

  private final FakeProvider twilio = new FakeProvider(_ -> Answer.queued());
  private final ProviderClient client = new ProviderClient(Duration.ofSeconds(10));

  @AfterEach
  void close() {
    client.close();
    twilio.close();
  }

  private HttpSender sender(ProviderClient used) {
    return new HttpSender(
        Channel.SMS, new TwilioApi(used, twilio.url(), "AC12", "the secret", "+15005550006"));
  }

  private List<Result> send(String... numbers) {
    return sender(client).send(java.util.Arrays.stream(numbers).map(TwilioApiTest::sms).toList());
  }

  private static Outgoing sms(String number) {
    return new Outgoing(
        UUID.randomUUID(),
        number,
        Language.PT,
        new Rendered("", "Pedido R-1 & está a caminho", null),
        null);
  }

  @Test
  void a_message_is_posted_as_a_form_to_the_accounts_messages() {
    assertThat(send("+5511987654321")).containsExactly(new Result.Accepted());

    Request request = twilio.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/2010-04-01/Accounts/AC12/Messages.json");
    assertThat(request.type()).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.authorization())
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("AC12:the secret".getBytes(StandardCharsets.UTF_8)));
    assertThat(request.form())
        .containsOnly(
            java.util.Map.entry("To", "+5511987654321"),
            java.util.Map.entry("From", "+15005550006"),
            java.util.Map.entry("Body", "Pedido R-1 & está a caminho"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, 21610, Bounced",
    "400, 21211, Bounced",
    "400, 21614, Bounced",
    "400, 21617, Rejected",
    "401, 20003, Unavailable",
    "404, 20404, Unavailable",
    "429, 20429, Unavailable",
    "500, 20500, Unavailable",
    "503, 20503, Unavailable"
  })
  void an_error_bounces_is_refused_or_may_pass(int status, int code, String expected) {
    twilio.answer(_ -> Answer.twilioError(status, code));

    assertThat(send("+5511987654321").getFirst().getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void a_lost_answer_and_one_that_is_no_json_are_no_answer() {
    twilio.answer(_ -> Answer.LOST);
    assertThat(send("+5511987654321").getFirst()).isInstanceOf(Result.Unavailable.class);

    twilio.answer(_ -> new Answer(502, "<html>bad gateway</html>"));
    assertThat(send("+5511987654321").getFirst()).isInstanceOf(Result.Unavailable.class);
  }

  @Test
  @EffectOf({"reserva.notifications.sms.timeout", "reserva.notifications.push.timeout"})
  void a_provider_that_does_not_answer_is_given_up_after_the_time_limit() {
    CountDownLatch ended = new CountDownLatch(1);
    twilio.answer(_ -> {
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Answer.queued();
    });
    try (var impatient = new ProviderClient(Duration.ofMillis(200))) {
      assertThat(sender(impatient).send(List.of(sms("+5511987654321"))))
          .containsExactly(new Result.Unavailable("no answer within 200 ms"));
    } finally {
      ended.countDown();
    }
  }

  @Test
  void each_message_gets_the_result_of_its_own_request() {
    twilio.answer(
        request -> request.to().endsWith("7") ? Answer.twilioError(400, 21211) : Answer.queued());
    String[] numbers =
        IntStream.range(0, 40).mapToObj(i -> "+55119876543" + (10 + i)).toArray(String[]::new);

    List<Result> results = send(numbers);

    for (int i = 0; i < numbers.length; i++) {
      assertThat(results.get(i) instanceof Result.Bounced).isEqualTo(numbers[i].endsWith("7"));
    }
  }
}
