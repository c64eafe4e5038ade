package dev.reserva.platform.web;

import dev.reserva.platform.audit.SecurityAction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An expected refusal, answered as {@code application/problem+json} (RFC 9457). Controllers throw
 * it. It has no stack trace, because it is not a fault of the server.
 */
public final class Problem extends RuntimeException {

  /** More input errors are told by {@code errors} alone. */
  private static final int MAX_TOLD = 3;

  private final int status;
  private final String type;
  private final String title;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private boolean passing;
  private @Nullable OnRecord onRecord;

  /**
   * @param status 400..599
   * @param type last segment of the type's URI: {@code insufficient-stock} for {@code
   *     /problems/insufficient-stock}
   * @param title the same for every problem of the type
   * @param detail what is wrong with this request; never a class name, SQL or stack trace
   */
  public Problem(int status, String type, String title, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.type = type;
    this.title = title;
  }

  /**
   * One error in a request: its place in the body ({@code /items/0/quantity}), or its parameter
   * ({@code ?limit}) or header.
   *
   * @param message a sentence whose subject is the field: {@code quantity must be 1..1000000, was
   *     0}. If it has no subject ({@code must be 1..1000000, was 0}), the field's name is added in
   *     front.
   */
  public record InputError(String pointer, String message) {

    private static final Pattern WITHOUT_SUBJECT = Pattern.compile("(?s)(must|is|needs|could) .*");

    public InputError {
      if (WITHOUT_SUBJECT.matcher(message).matches()) {
        message = subject(pointer) + " " + message;
      }
    }

    /** {@code quantity} for {@code /items/0/quantity}, {@code items[0]} for {@code /items/0}. */
    private static String subject(String pointer) {
      if (pointer.isEmpty()) {
        return "the body";
      }
      if (pointer.equals("?")) {
        return "the query";
      }
      int slash = pointer.lastIndexOf('/');
      String name = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
      if (slash > 0 && name.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return subject(pointer.substring(0, slash)) + "[" + name + "]";
      }
      return name.startsWith("?") ? name.substring(1) : name;
    }

    /** The message, with the place in front where the message does not say it. */
    private String sentence() {
      return pointer.isEmpty()
              || (message.startsWith(subject(pointer) + " ") && pointer.lastIndexOf('/') <= 0)
          ? message
          : "%s: %s".formatted(pointer, message);
    }
  }

  /** 400: the request is ill-formed. */
  public static Problem invalid(List<InputError> errors) {
    return new Problem(400, "invalid-request", "The request is not valid", detail(errors))
        .with("errors", List.copyOf(errors));
  }

  private static String detail(List<InputError> errors) {
    String first =
        errors.stream().limit(MAX_TOLD).map(InputError::sentence).collect(Collectors.joining("; "));
    return errors.size() <= MAX_TOLD
        ? first
        : "%s; and %d more".formatted(first, errors.size() - MAX_TOLD);
  }

  public static Problem invalid(String pointer, String message) {
    return invalid(List.of(new InputError(pointer, message)));
  }

  /** 404, also for things that the caller may not see. */
  public static Problem notFound(String what, Object id) {
    return new Problem(404, "not-found", "Not found", "there is no %s %s".formatted(what, id));
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, "forbidden", "Not allowed", detail);
  }

  /** 409: the current state does not allow the request. */
  public static Problem conflict(String type, String title, String detail) {
    return new Problem(409, type, title, detail);
  }

  /** 422: the request is well-formed, but cannot be carried out. */
  public static Problem impossible(String type, String title, String detail) {
    return new Problem(422, type, title, detail);
  }

  /** Adds an extension member. */
  public Problem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  public Problem withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /**
   * Marks that the same request may succeed a moment later, when events already published are
   * handled.
   */
  public Problem passing() {
    passing = true;
    return this;
  }

  /** Whether the same request may succeed a moment later. */
  public boolean mayPass() {
    return passing;
  }

  /**
   * A refusal that the audit trail tells of.
   *
   * @param place where in the request, as {@link InputError#pointer}
   */
  record OnRecord(SecurityAction action, String place) {}

  /** Puts the refusal on record as a security event. */
  Problem onRecord(SecurityAction action, String place) {
    onRecord = new OnRecord(action, place);
    return this;
  }

  /** What the audit trail tells of this refusal; absent if it tells nothing. */
  @Nullable OnRecord onRecord() {
    return onRecord;
  }

  public int status() {
    return status;
  }

  public String type() {
    return type;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public Map<String, Object> members() {
    return members;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
