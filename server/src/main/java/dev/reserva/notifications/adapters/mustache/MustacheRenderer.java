package dev.reserva.notifications.adapters.mustache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.samskivert.mustache.BasicCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import dev.reserva.notifications.application.Renderer;
import dev.reserva.notifications.application.TemplateCheck;
import dev.reserva.notifications.application.Templates;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import dev.reserva.notifications.domain.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Fills in templates with JMustache. What is filled into HTML is escaped. A template sees the
 * values that it is given and no method of any object. A value that is absent is written as
 * nothing.
 */
public final class MustacheRenderer implements Renderer, TemplateCheck {

  /** Compiled templates that are kept; there are some fifty in use. */
  private static final int MAX_COMPILED = 500;

  /** What is left of parts that are not shown. */
  private static final Pattern EMPTY_LINES = Pattern.compile("\\n{3,}");

  private final Templates templates;
  private final Cache<Source, com.samskivert.mustache.Template> compiled =
      Caffeine.newBuilder().maximumSize(MAX_COMPILED).build();
  private final Mustache.Compiler plain =
      Mustache.compiler().withCollector(new OnlyValues()).defaultValue("").escapeHTML(false);
  private final Mustache.Compiler escaping =
      Mustache.compiler().withCollector(new OnlyValues()).defaultValue("").escapeHTML(true);
  private final com.samskivert.mustache.Template page;

  private record Source(String text, boolean html) {}

  public MustacheRenderer(Templates templates) {
    this.templates = templates;
    this.page = escaping.compile(BuiltInTemplates.resource("page.mustache"));
  }

  @Override
  public Rendered render(
      String template, Channel channel, Language language, Map<String, Object> values) {
    Template found =
        templates
            .find(template, language)
            .orElseThrow(() ->
                new Unrenderable(
                    "there is no template %s in %s".formatted(template, language.wire())));
    return render(found, channel, language, values);
  }

  @Override
  public void check(Template template) {
    check("subject", template.subject());
    check("text", template.text());
    check("html", template.html());
    check("brief", template.brief());
  }

  private void check(String part, String source) {
    try {
      TemplateRules.check(source);
      plain.compile(source);
    } catch (MustacheException | IllegalArgumentException | UnsupportedOperationException e) {
      throw new Unrenderable("%s cannot be read: %s".formatted(part, e.getMessage()));
    }
  }

  @Override
  public Rendered mail(Template template, Language language, Map<String, Object> values) {
    return render(template, Channel.EMAIL, language, values);
  }

  @Override
  public Rendered brief(Template template, Language language, Map<String, Object> values) {
    return render(template, Channel.SMS, language, values);
  }

  private Rendered render(
      Template template, Channel channel, Language language, Map<String, Object> values) {
    try {
      String subject = text(template.subject(), values);
      return channel == Channel.EMAIL
          ? new Rendered(subject, text(template.text(), values), html(template, language, values))
          : new Rendered(subject, text(template.brief(), values), null);
    } catch (MustacheException e) {
      throw new Unrenderable(String.valueOf(e.getMessage()));
    }
  }

  private String text(String source, Map<String, Object> values) {
    String text = BoundedText.of(compiled(new Source(source, false)), values);
    return EMPTY_LINES.matcher(text).replaceAll("\n\n").strip();
  }

  private String html(Template template, Language language, Map<String, Object> values) {
    Map<String, Object> framed = new HashMap<>(values);
    framed.put("language", language.wire());
    framed.put("body", BoundedText.of(compiled(new Source(template.html(), true)), values));
    return BoundedText.of(page, framed);
  }

  private com.samskivert.mustache.Template compiled(Source source) {
    return compiled.get(
        source, wanted -> (wanted.html() ? escaping : plain).compile(wanted.text()));
  }

  /** Looks values up in maps alone. JMustache would otherwise call the methods of objects. */
  private static final class OnlyValues extends BasicCollector {
    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}
