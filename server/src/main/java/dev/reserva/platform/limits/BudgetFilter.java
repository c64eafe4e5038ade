package dev.reserva.platform.limits;

import dev.reserva.platform.audit.AuditTrail;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.limits.Budget.Taken;
import dev.reserva.platform.limits.Budgets.Share;
import dev.reserva.platform.security.Caller;
import dev.reserva.platform.security.Callers;
import dev.reserva.platform.web.Problem;
import dev.reserva.platform.web.ProblemWriter;
import dev.reserva.platform.web.SecurityEvents;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a request whose budget is used up with 429 and {@code Retry-After}, before its body is
 * read. Every answer says what is left, as draft-ietf-httpapi-ratelimit-headers-10 has it.
 */
final class BudgetFilter implements Filter {

  static final String POLICY = "RateLimit-Policy";
  static final String STATE = "RateLimit";

  private final Budgets budgets;
  private final ProblemWriter problems;
  private final AuditTrail trail;

  BudgetFilter(Budgets budgets, ProblemWriter problems, AuditTrail trail) {
    this.budgets = budgets;
    this.problems = problems;
    this.trail = trail;
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) any;
    HttpServletResponse response = (HttpServletResponse) answer;
    Caller caller = Callers.current();
    Share share = budgets.of(request, caller);
    if (share != null) {
      Budget budget = share.budget();
      Taken taken = budget.take(share.of());
      response.setHeader(POLICY, budget.policy());
      response.setHeader(STATE, budget.state(taken));
      if (!taken.allowed()) {
        exceeded(request, response, budget, taken);
        return;
      }
    }
    chain.doFilter(any, answer);
  }

  private void exceeded(
      HttpServletRequest request, HttpServletResponse response, Budget budget, Taken taken)
      throws IOException {
    trail.security(SecurityEvents.of(SecurityAction.RATE_LIMITED, request).about(budget.name()));
    problems.write(
        request,
        response,
        new Problem(
                429,
                "too-many-requests",
                "Too many requests",
                "the budget %s is used up; try again in %d s"
                    .formatted(budget.name(), taken.retryAfter()))
            .withHeader("Retry-After", Long.toString(taken.retryAfter())));
  }
}
