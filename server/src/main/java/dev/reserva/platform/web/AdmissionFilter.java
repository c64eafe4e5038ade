package dev.reserva.platform.web;

import dev.reserva.messaging.Overloaded;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Refuses a request whose command would be refused, before anything else is done with it: under
 * overload most requests are refused, and what that costs is lost to those that are accepted. So a
 * caller may be answered 503 whose token is not valid, and nothing is said about the request
 * itself.
 *
 * <p>A request that passes is judged again when its command begins to wait.
 */
final class AdmissionFilter implements Filter {

  private final TransactionalCommands commands;
  private final ProblemWriter problems;

  AdmissionFilter(TransactionalCommands commands, ProblemWriter problems) {
    this.commands = commands;
    this.problems = problems;
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) any;
    if (request.getMethod().equals("POST")) {
      try {
        commands.requireRoom(request.getRequestURI());
      } catch (Overloaded overloaded) {
        problems.write(
            request, (HttpServletResponse) answer, ProblemAdvice.problemOf(overloaded, request));
        return;
      }
    }
    chain.doFilter(any, answer);
  }
}
