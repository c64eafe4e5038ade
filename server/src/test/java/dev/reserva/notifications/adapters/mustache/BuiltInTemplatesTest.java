package dev.reserva.notifications.adapters.mustache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reserva.notifications.application.Renderer;
import dev.reserva.notifications.domain.Channel;
import dev.reserva.notifications.domain.Fact;
import dev.reserva.notifications.domain.Language;
import dev.reserva.notifications.domain.Rendered;
import dev.reserva.notifications.domain.Template;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BuiltInTemplatesTest {

  private static final Pattern VALUE = Pattern.compile("\\{\\{([a-zA-Z]+)}}");
  private static final Pattern PART = Pattern.compile("\\{\\{[#/]([a-zA-Z_]+)}}");

  private final BuiltInTemplates templates = new BuiltInTemplates();
  private final MustacheRenderer renderer = new MustacheRenderer(templates);

  /** Every value that a template names, each with its own name as value. */
  private static Map<String, Object> valuesOf(Template template) {
    Map<String, Object> values = new HashMap<>();
    String all = template.subject() + template.text() + template.html() + template.brief();
    VALUE.matcher(all).results().forEach(it -> values.put(it.group(1), "<" + it.group(1) + ">"));
    PART.matcher(all)
        .results()
        .filter(it -> it.group(1).startsWith("because_"))
        .forEach(it -> values.put(it.group(1), true));
    values.put(
        "lines", List.of(Map.of("item", "<item>", "quantity", "<quantity>", "price", "<price>")));
    return values;
  }

  @ParameterizedTest
  @EnumSource(Fact.class)
  void each_template_tells_the_same_values_in_each_language(Fact fact) {
    for (Language language : Language.values()) {
      Template template = templates.find(fact.template(), language).orElseThrow();
      Map<String, Object> values = valuesOf(template);
      Rendered mail = renderer.render(fact.template(), Channel.EMAIL, language, values);
      Rendered sms = renderer.render(fact.template(), Channel.SMS, language, values);

      assertThat(mail.text()).doesNotContain("{{");
      assertThat(String.valueOf(mail.html()))
          .contains("<html lang=\"" + language.wire() + "\">")
          .doesNotContain("{{");
      assertThat(sms.html()).isNull();
      assertThat(named(template.text())).isEqualTo(named(template.html()));
      assertThat(named(template.text()))
          .as(language.wire())
          .isEqualTo(named(templates.find(fact.template(), Language.EN).orElseThrow().text()));
      values.forEach((name, value) -> {
        if (template.text().contains("{{" + name + "}}")) {
          assertThat(mail.text()).contains(value.toString());
          assertThat(mail.html()).contains("&lt;" + name + "&gt;").doesNotContain("<" + name + ">");
        }
      });
    }
  }

  private static Set<String> named(String text) {
    Set<String> names = new TreeSet<>();
    VALUE.matcher(text).results().forEach(it -> names.add(it.group(1)));
    PART.matcher(text).results().forEach(it -> names.add(it.group(1)));
    return names;
  }

  @Test
  void a_part_without_its_value_is_left_out_and_leaves_no_gap() {
    Rendered mail =
        renderer.render(
            "order-shipped", Channel.EMAIL, Language.EN, Map.of("order", "R-1", "shop", "Shop"));

    assertThat(mail.text()).isEqualTo("Hello,\n\ngoods of order R-1 are on their way.");
    assertThat(mail.html()).doesNotContain("Tracking", "Carrier");
  }

  @Test
  void a_template_sees_no_method_of_a_value() {
    Rendered mail =
        rendered("{{text.length}}|{{text.class.name}}|{{text.bytes}}", Map.of("text", "abc"));

    assertThat(mail.text()).isEqualTo("||");
  }

  @Test
  void parts_that_are_repeated_within_each_other_end_at_a_bound() {
    List<Map<String, Object>> rows = Collections.nCopies(50, Map.of("item", "x".repeat(100)));

    assertThatThrownBy(() ->
            rendered(
                "{{#lines}}{{#lines}}{{#lines}}{{item}}{{/lines}}{{/lines}}{{/lines}}",
                Map.of("lines", rows)))
        .isInstanceOf(Renderer.Unrenderable.class)
        .hasMessageContaining("the text must have at most 262144 characters");
  }

  @Test
  void a_subject_has_one_line() {
    Template template = new Template("To {{name}}", "t", "h", "b");

    assertThat(
            new MustacheRenderer((_, _) -> Optional.of(template))
                .render(
                    "any", Channel.EMAIL, Language.EN, Map.of("name", "a\r\nBcc: b@example.org"))
                .subject())
        .isEqualTo("To a Bcc: b@example.org");
  }

  private static Rendered rendered(String text, Map<String, Object> values) {
    Template template = new Template("s", text, "h", "b");
    return new MustacheRenderer((_, _) -> Optional.of(template))
        .render("any", Channel.EMAIL, Language.EN, values);
  }
}
