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
 * Refuses a request whose command would be refused for overload, before any other work is done.
 * Under overload most requests are refused, and the cost of a refusal reduces the capacity for the
 * others. A caller with an invalid token may therefore be answered 503.
 *
 * <p>A request that passes is checked again when its command enters the queue.
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
