package dev.reserva.dependencies;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.artifact.versioning.ComparableVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A published vulnerability, as the OSV format describes it (https://ossf.github.io/osv-schema).
 *
 * @param names its id and the names that others gave it
 */
record Advisory(List<String> names, String summary, List<Affected> affected) {

  /** Versions of one package, listed or by ranges. */
  private record Affected(String name, Set<String> versions, List<Range> ranges) {

    boolean contains(Component component) {
      return name.equals(component.name())
          && (versions.contains(component.version())
              || ranges.stream()
                  .anyMatch(range -> range.contains(new ComparableVersion(component.version()))));
    }
  }

  /**
   * @param to the end; with {@code last} it is affected itself, and the latest version if absent
   */
  private record Range(ComparableVersion from, @Nullable ComparableVersion to, boolean last) {

    boolean contains(ComparableVersion version) {
      if (version.compareTo(from) < 0) {
        return false;
      }
      if (to == null) {
        return true;
      }
      int compared = version.compareTo(to);
      return last ? compared <= 0 : compared < 0;
    }
  }

  /** Of an OSV document; what concerns other ecosystems than Maven is left out. */
  static Advisory of(JsonNode osv) {
    List<String> names = new ArrayList<>();
    // A withdrawn advisory has no effect.
    boolean withdrawn = osv.hasNonNull("withdrawn");
    names.add(osv.path("id").asString(""));
    osv.path("aliases").forEach(alias -> names.add(alias.asString("")));
    List<Affected> affected = new ArrayList<>();
    for (JsonNode one : osv.path("affected")) {
      if (!withdrawn && one.at("/package/ecosystem").asString("").equals("Maven")) {
        affected.add(
            new Affected(
                one.at("/package/name").asString(""),
                one.path("versions")
                    .valueStream()
                    .map(version -> version.asString(""))
                    .collect(Collectors.toUnmodifiableSet()),
                ranges(one.path("ranges"))));
      }
    }
    return new Advisory(names, osv.path("summary").asString(""), affected);
  }

  private static List<Range> ranges(JsonNode all) {
    List<Range> ranges = new ArrayList<>();
    for (JsonNode one : all) {
      // Events come in pairs: introduced, then fixed or last_affected, unless it is not fixed yet.
      ComparableVersion from = null;
      for (JsonNode event : one.path("events")) {
        if (event.has("introduced")) {
          from = version(event, "introduced");
        } else if (from != null && event.has("fixed")) {
          ranges.add(new Range(from, version(event, "fixed"), false));
          from = null;
        } else if (from != null && event.has("last_affected")) {
          ranges.add(new Range(from, version(event, "last_affected"), true));
          from = null;
        }
      }
      if (from != null) {
        ranges.add(new Range(from, null, false));
      }
    }
    return ranges;
  }

  private static ComparableVersion version(JsonNode event, String field) {
    return new ComparableVersion(event.path(field).asString(""));
  }

  boolean concerns(Component component) {
    return affected.stream().anyMatch(one -> one.contains(component));
  }

  /** Such as {@code GHSA-… (CVE-…)}. */
  String label() {
    return names.size() == 1
        ? names.getFirst()
        : "%s (%s)".formatted(names.getFirst(), String.join(", ", names.subList(1, names.size())));
  }
}
