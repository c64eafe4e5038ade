package dev.reserva.notifications.adapters.mustache;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.io.Writer;
import java.util.Map;

/** Text of a bounded length: parts that are repeated within each other could write without end. */
final class BoundedText extends Writer {

  static final int MOST = 256 * 1024;

  private final StringBuilder text = new StringBuilder();

  private BoundedText() {}

  /**
   * @throws MustacheException if the template cannot be filled in, or becomes too long
   */
  static String of(Template template, Map<String, Object> values) {
    BoundedText written = new BoundedText();
    template.execute(values, written);
    return written.text.toString();
  }

  @Override
  public void write(char[] buffer, int from, int length) {
    if (text.length() + length > MOST) {
      throw new MustacheException("the text must have at most %d characters".formatted(MOST));
    }
    text.append(buffer, from, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
