package dev.reserva.financial.adapters.web;

import static java.util.Objects.requireNonNull;

import dev.reserva.contracts.Text;
import dev.reserva.financial.application.DecideReview;
import dev.reserva.financial.application.Reviews;
import dev.reserva.financial.domain.Refund;
import dev.reserva.financial.domain.Review;
import dev.reserva.financial.domain.ReviewDecision;
import dev.reserva.messaging.Transactions;
import dev.reserva.platform.audit.Changes;
import dev.reserva.platform.openapi.Answers;
import dev.reserva.platform.openapi.Input;
import dev.reserva.platform.openapi.Refuses;
import dev.reserva.platform.web.Answer;
import dev.reserva.platform.web.Commands;
import dev.reserva.platform.web.InputErrors;
import dev.reserva.platform.web.Page;
import dev.reserva.platform.web.PageRequest;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.RequestContext;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/payment-reviews} */
@Tag(name = "payments")
@RestController
public final class ReviewsController {

  private final Reviews reviews;
  private final DecideReview decideReview;
  private final Transactions transactions;
  private final Commands commands;

  public ReviewsController(
      Reviews reviews, DecideReview decideReview, Transactions transactions, Commands commands) {
    this.reviews = reviews;
    this.decideReview = decideReview;
    this.transactions = transactions;
    this.commands = commands;
  }

  enum ReviewStatus {
    OPEN,
    DECIDED;

    static ReviewStatus parse(String name) {
      return switch (name) {
        case "OPEN" -> OPEN;
        case "DECIDED" -> DECIDED;
        default ->
            throw new IllegalArgumentException(
                "must be OPEN or DECIDED, was \"%s\"".formatted(Text.excerpt(name)));
      };
    }
  }

  record DecideRequest(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              allowableValues = {"RETRY", "SETTLED_OUTSIDE", "ACCEPT"})
          @Nullable String decision,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              minLength = 1,
              maxLength = Refund.MAX_REASON_LENGTH,
              example = "paid back by bank transfer")
          @Nullable String reason) {}

  @Operation(
      summary = "List what the provider and the books disagree about",
      description = "With what was decided, and by whom.")
  @Input(name = "status", type = ReviewStatus.class, what = "Only reviews in this status.")
  @GetMapping("/api/payment-reviews")
  public Page<ReviewView> list(
      @RequestParam(required = false) @Nullable String status, PageRequest page) {
    var errors = new InputErrors();
    ReviewStatus wanted = errors.parameter("status", status, ReviewStatus::parse);
    errors.throwIfAny();
    Boolean open = wanted == null ? null : wanted == ReviewStatus.OPEN;
    UUID before = page.before();
    List<Review> found =
        transactions.snapshot(tx -> reviews.list(open, before, page.limit() + 1, tx));
    return Page.of(found, page, review -> review.id().toString()).map(ReviewView::of);
  }

  @Operation(summary = "Get a review")
  @GetMapping("/api/payment-reviews/{id}")
  public ReviewView get(@PathVariable UUID id) {
    return transactions
        .snapshot(tx -> reviews.find(id, tx))
        .map(ReviewView::of)
        .orElseThrow(() -> Problem.notFound("review", id));
  }

  @Operation(
      summary = "Decide a review",
      description =
          "An owed refund is tried again at once (RETRY), or is done because the money went back by"
              + " another way (SETTLED_OUTSIDE). Anything else is accepted (ACCEPT): the books stay.")
  @Answers(body = ReviewView.class)
  @Refuses(
      status = 409,
      type = "review-state",
      when = "it was decided before, or is not decided like that")
  @PostMapping("/api/payment-reviews/{id}/decide")
  public ResponseEntity<?> decide(
      @PathVariable UUID id, @RequestBody DecideRequest body, RequestContext request) {
    var errors = new InputErrors();
    ReviewDecision decision = errors.required("/decision", body.decision(), ReviewDecision::parse);
    String reason = errors.required("/reason", body.reason(), Refund::reason);
    errors.throwIfAny();
    var asked =
        new DecideReview.Request(
            id, requireNonNull(decision), requireNonNull(reason), request.actor().name());
    return commands.execute(
        request,
        tx ->
            switch (decideReview.decide(asked, tx)) {
              case DecideReview.Outcome.Decided(var review) ->
                  Answer.ok(ReviewView.of(review))
                      .recorded(
                          "financial.review.decide",
                          id,
                          Changes.of("status", ReviewStatus.OPEN, ReviewStatus.DECIDED)
                              .and("decision", null, asked.decision()));
              case DecideReview.Outcome.Unknown() -> throw Problem.notFound("review", id);
              case DecideReview.Outcome.Over(var review) ->
                  throw state("the review %s was decided before".formatted(review.id()));
              case DecideReview.Outcome.Impossible(var review) ->
                  throw state(
                      "a review of %s is decided by %s, not by %s"
                          .formatted(review.kind(), names(review), asked.decision()));
            });
  }

  private static String names(Review review) {
    return String.join(
        " or ", review.kind().possible().stream().map(ReviewDecision::name).sorted().toList());
  }

  private static Problem state(String detail) {
    return Problem.conflict("review-state", "The review's state does not allow it", detail);
  }
}
