package dev.reserva.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The container dispatches errors to it that occur outside of any controller, such as in a filter.
 */
@Controller
final class ErrorEndpoint implements ErrorController {

  private final ProblemWriter problems;

  ErrorEndpoint(ProblemWriter problems) {
    this.problems = problems;
  }

  @RequestMapping("/error")
  void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (response.isCommitted()) {
      return; // the container closes the connection
    }
    Problem problem =
        request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown
            ? ProblemAdvice.problemOf(thrown, request)
            : Problems.ofStatus(status(request));
    problems.write(request, response, problem);
  }

  private static int status(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
        ? status
        : 404; // a client requested this path directly
  }
}
