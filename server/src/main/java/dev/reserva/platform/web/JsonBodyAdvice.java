package dev.reserva.platform.web;

import dev.reserva.contracts.CardNumbers;
import dev.reserva.platform.audit.SecurityAction;
import dev.reserva.platform.json.JsonErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.base.ParserBase;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks what a body must satisfy besides being JSON. It is UTF-8. It has no text that the database
 * cannot store (null characters, unpaired surrogates). It has no unknown field; the answer names
 * all unknown fields.
 */
@ControllerAdvice
final class JsonBodyAdvice extends RequestBodyAdviceAdapter {

  private static final String UNKNOWN = JsonBodyAdvice.class.getName();

  private final JsonMapper json;

  JsonBodyAdvice(JsonMapper json) {
    this.json = json;
  }

  @Override
  public boolean supports(
      MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
    return true;
  }

  @Override
  public HttpInputMessage beforeBodyRead(
      HttpInputMessage message,
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converter)
      throws IOException {
    byte[] body = message.getBody().readAllBytes();
    before(body);
    return new Buffered(body, message.getHeaders());
  }

  @Override
  public Object afterBodyRead(
      Object body,
      HttpInputMessage message,
      MethodParameter parameter,
      Type target,
      Class<? extends HttpMessageConverter<?>> converter) {
    after();
    return body;
  }

  /**
   * Must be called before a body is read.
   *
   * @throws Problem if the body is not UTF-8 or has text that the database cannot store
   */
  void before(byte[] body) {
    check(body);
    attributes().setAttribute(UNKNOWN, new ArrayList<>(), RequestAttributes.SCOPE_REQUEST);
  }

  /**
   * Must be called after a body was read.
   *
   * @throws Problem if the body had unknown fields
   */
  void after() {
    List<Problem.InputError> unknown = takeUnknown();
    if (!unknown.isEmpty()) {
      throw Problem.invalid(unknown);
    }
  }

  /** The problem of a body that could not be read. */
  static Problem unreadable(HttpMessageNotReadableException e) {
    List<Problem.InputError> errors = takeUnknown();
    if (!(e.getCause() instanceof JacksonException cause)) {
      errors.add(new Problem.InputError("", "must be a JSON object"));
      return Problem.invalid(errors);
    }
    String pointer = JsonErrors.pointer(cause);
    errors.add(new Problem.InputError(pointer, JsonErrors.message(cause)));
    Problem invalid = Problem.invalid(errors);
    return cause.getCause() instanceof CardNumbers.Found
        ? invalid.onRecord(SecurityAction.CARD_NUMBER_REFUSED, pointer)
        : invalid;
  }

  private void check(byte[] body) {
    if (isPlain(body)) {
      return;
    }
    CharBuffer text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw Problem.invalid("", "must be UTF-8");
    }
    if (text.chars().anyMatch(c -> c == 0)) {
      throw Problem.invalid("", "must be JSON without null characters");
    }
    // Only an escape can produce these characters. Escapes are rare, so only bodies with one are
    // searched.
    if (text.toString().contains("\\u")) {
      checkTexts(body);
    }
  }

  /**
   * Whether the body is ASCII without null characters and escapes. Most bodies are, and need no
   * check.
   */
  private static boolean isPlain(byte[] body) {
    for (byte b : body) {
      if (b <= 0 || b == '\\') {
        return false;
      }
    }
    return true;
  }

  private void checkTexts(byte[] body) {
    try (JsonParser parser = json.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if ((token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME)
            && !isStorable(parser.getString())) {
          throw Problem.invalid(
              parser.streamReadContext().pathAsPointer().toString(),
              "must not contain null characters or unpaired surrogates");
        }
      }
    } catch (JacksonException e) {
      throw Problem.invalid(JsonErrors.pointer(e), JsonErrors.message(e));
    }
  }

  private static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }

  @SuppressWarnings("unchecked") // only this class sets it
  private static @Nullable List<Problem.InputError> unknown() {
    RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
    return attributes == null
        ? null
        : (List<Problem.InputError>)
            attributes.getAttribute(UNKNOWN, RequestAttributes.SCOPE_REQUEST);
  }

  private static List<Problem.InputError> takeUnknown() {
    List<Problem.InputError> unknown = unknown();
    attributes().removeAttribute(UNKNOWN, RequestAttributes.SCOPE_REQUEST);
    return unknown == null ? new ArrayList<>() : unknown;
  }

  private static RequestAttributes attributes() {
    return RequestContextHolder.currentRequestAttributes();
  }

  /** Collects the unknown fields of the body instead of failing at the first one. */
  static final class UnknownFields extends DeserializationProblemHandler {

    private static final int MAX = 20;

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        @Nullable ValueDeserializer<?> deserializer,
        Object beanOrClass,
        String name) {
      List<Problem.InputError> unknown = unknown();
      if (unknown == null) {
        return false; // not the body of a request: the default handling fails
      }
      if (unknown.size() < MAX) {
        unknown.add(
            new Problem.InputError(
                object(context, parser) + JsonErrors.step(name),
                JsonErrors.unknown(
                    deserializer == null ? null : deserializer.getKnownPropertyNames())));
      }
      parser.skipChildren();
      return true;
    }
  }

  /** The pointer of the object that has an unknown property; empty for the document. */
  private static String object(DeserializationContext context, JsonParser parser) {
    TokenStreamContext outer;
    if (parser instanceof ParserBase) {
      TokenStreamContext here = parser.streamReadContext();
      boolean nested = parser.currentToken().isStructStart() && here.getParent() != null;
      TokenStreamContext object = nested ? here.getParent() : here;
      outer = object.getParent();
    } else {
      // The property was buffered until the record could be made. The buffer's context may be that
      // of another property. The document's parser is at the end of the object, or at its next
      // property.
      JsonParser document = context.getParser();
      TokenStreamContext here = document.streamReadContext();
      outer = document.currentToken() == JsonToken.END_OBJECT ? here : here.getParent();
    }
    return outer == null || outer.inRoot() ? "" : outer.pathAsPointer().toString();
  }

  private static final class Buffered implements HttpInputMessage {
    private final byte[] body;
    private final HttpHeaders headers;

    Buffered(byte[] body, HttpHeaders headers) {
      this.body = body;
      this.headers = headers;
    }

    @Override
    public InputStream getBody() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
