package dev.reserva.platform.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Refuses a body of another media type than JSON, or than that of the {@link Uploads} and {@link
 * Forms}, or with a content coding, before anything reads it (RFC 9110, 8.3, 8.4 and 15.5.16). A
 * content type that is ill-formed or a range such as {@code *}{@code /*} is refused with or without
 * a body, and so is an {@code Accept} that cannot be parsed.
 */
final class ContentFilter implements Filter {

  private static final String IDENTITY = "identity";

  private final ProblemWriter problems;
  private final UploadRoutes uploads;
  private final FormRoutes forms;

  ContentFilter(ProblemWriter problems, UploadRoutes uploads, FormRoutes forms) {
    this.forms = forms;
    this.problems = problems;
    this.uploads = uploads;
  }

  @Override
  public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest request = (HttpServletRequest) any;
    Problem refused = refusal(request);
    if (refused == null) {
      chain.doFilter(
          isBlank(request.getHeader(HttpHeaders.ACCEPT)) ? new WithoutAccept(request) : request,
          answer);
    } else {
      problems.write(request, (HttpServletResponse) answer, refused);
    }
  }

  private static boolean isBlank(@Nullable String accept) {
    return accept != null && accept.isBlank();
  }

  private @Nullable Problem refusal(HttpServletRequest request) {
    Enumeration<String> codings = request.getHeaders(HttpHeaders.CONTENT_ENCODING);
    while (codings.hasMoreElements()) {
      if (!codings.nextElement().strip().toLowerCase(Locale.ROOT).equals(IDENTITY)) {
        return Problems.encoded();
      }
    }
    Enumeration<String> accepted = request.getHeaders(HttpHeaders.ACCEPT);
    while (accepted.hasMoreElements()) {
      if (!isReadable(accepted.nextElement())) {
        return Problems.notAcceptable();
      }
    }
    String type = request.getContentType();
    Optional<Uploads.Of> upload = uploads.of(request);
    if (upload.isEmpty() && (type == null || MediaType.APPLICATION_JSON_VALUE.equals(type))) {
      return null;
    }
    if (type == null) {
      return Problems.unsupported();
    }
    try {
      MediaType parsed = MediaType.parseMediaType(type);
      return parsed.isConcrete()
              && (forms.takes(request, parsed)
                  || upload.map(of -> isUtf8(parsed, of.type())).orElseGet(() -> isUtf8Json(parsed))
                  || !hasBody(request))
          ? null
          : Problems.unsupported();
    } catch (InvalidMediaTypeException | StringIndexOutOfBoundsException e) {
      return Problems.unsupported();
    }
  }

  /**
   * Whether the framework can parse the header. Its parser reads out of bounds for some ill-formed
   * parameters.
   */
  private static boolean isReadable(String accept) {
    if (accept.equals(MediaType.ALL_VALUE) || accept.equals(MediaType.APPLICATION_JSON_VALUE)) {
      return true;
    }
    try {
      return !MediaType.parseMediaTypes(accept).isEmpty() || accept.isBlank();
    } catch (InvalidMediaTypeException | StringIndexOutOfBoundsException e) {
      return false;
    }
  }

  private static boolean isUtf8Json(MediaType type) {
    return type.getType().equals("application")
        && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"))
        && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
  }

  private static boolean isUtf8(MediaType type, MediaType wanted) {
    return type.equalsTypeAndSubtype(wanted)
        && (type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8));
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  /**
   * An empty {@code Accept} asks for nothing in particular. The framework's endpoints fail on it.
   */
  private static final class WithoutAccept extends HttpServletRequestWrapper {

    WithoutAccept(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      return isAccept(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isAccept(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(
          Collections.list(super.getHeaderNames()).stream()
              .filter(name -> !isAccept(name))
              .toList());
    }

    private static boolean isAccept(String name) {
      return name.equalsIgnoreCase(HttpHeaders.ACCEPT);
    }
  }
}
