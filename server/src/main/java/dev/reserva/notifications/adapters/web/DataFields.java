package dev.reserva.notifications.adapters.web;

import dev.reserva.contracts.Text;
import dev.reserva.notifications.domain.Detail;
import dev.reserva.platform.web.InputErrors;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values that a template is filled in with. */
final class DataFields {

  static final int MOST = 50;
  static final int MAX_VALUE = 2_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,39}");

  private DataFields() {}

  static void add(
      @Nullable Map<String, String> data, Map<String, Detail> details, InputErrors errors) {
    if (data == null) {
      return;
    }
    if (data.size() > MOST) {
      errors.add("/data", "must have 0..%d members, had %d".formatted(MOST, data.size()));
      return;
    }
    data.forEach((name, value) -> {
      if (!NAME.matcher(name).matches()) {
        errors.add(
            "/data",
            "must have names that match %s, had \"%s\"".formatted(NAME, Text.excerpt(name)));
      } else {
        String text =
            errors.required("/data/" + name, value, it -> Text.lines(name, it, 0, MAX_VALUE));
        if (text != null) {
          details.put(name, new Detail.Text(text));
        }
      }
    });
  }
}
