package dev.reserva.platform.web;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code If-Match} header of a request (RFC 9110, 13.1.1): the entity tags that the caller
 * accepts. A controller takes it as a parameter. Weak tags match nothing.
 *
 * @param tags in quotes; absent if any version matches
 */
public record IfMatch(@Nullable Set<String> tags) {

  public static final String HEADER = "If-Match";

  private static final IfMatch ANY = new IfMatch(null);
  private static final Pattern TAG =
      Pattern.compile("\\s*(?:(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"))?\\s*(?:,|$)");

  public IfMatch {
    tags = tags == null ? null : Set.copyOf(tags);
  }

  /**
   * @param values the values of the header, in their order; none means any version
   * @throws Problem 400 if they are not a list of entity tags
   */
  public static IfMatch of(List<String> values) {
    if (values.isEmpty()) {
      return ANY;
    }
    String list = String.join(",", values);
    if (list.strip().equals("*")) {
      return ANY;
    }
    Set<String> tags = new HashSet<>();
    boolean some = false;
    Matcher matcher = TAG.matcher(list);
    int end = 0;
    while (end < list.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        throw illFormed();
      }
      if (matcher.group(2) != null) {
        some = true;
        if (matcher.group(1) == null) {
          tags.add(matcher.group(2));
        }
      }
      end = matcher.end();
    }
    if (!some) {
      throw illFormed();
    }
    return new IfMatch(tags);
  }

  /** Whether any version matches. */
  public boolean isAny() {
    return tags == null;
  }

  /**
   * Requires that the header matches the current version.
   *
   * @param etag the current entity tag
   * @param others further tags that match the current version
   * @throws Problem 412 with the current tag
   */
  public void require(String etag, String... others) {
    if (!accepts(etag, others)) {
      throw stale(etag);
    }
  }

  /**
   * Whether the header matches the current version.
   *
   * @param etag the current entity tag
   * @param others further tags that match the current version
   */
  public boolean accepts(String etag, String... others) {
    Set<String> seen = tags;
    return seen == null || seen.contains(etag) || Arrays.stream(others).anyMatch(seen::contains);
  }

  /** 412 with the current tag. */
  public static Problem stale(String etag) {
    return new Problem(
            412,
            "stale-version",
            "Changed meanwhile",
            "If-Match does not match the current version, %s".formatted(etag))
        .withHeader("ETag", etag);
  }

  private static Problem illFormed() {
    return Problem.invalid(HEADER, "must be * or a list of entity tags such as \"3\"");
  }
}
