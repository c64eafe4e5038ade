package dev.reserva.dependencies;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dependency.
 *
 * @param name such as {@code org.postgresql:postgresql}, which is its name in an advisory
 */
record Component(String name, String version) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * The Maven artifacts of a CycloneDX document.
   *
   * @throws AuditFailure if the document lists none
   */
  static List<Component> ofSbom(Path file) {
    List<Component> components = new ArrayList<>();
    for (JsonNode component : JSON.readTree(file).path("components")) {
      if (component.path("purl").asString("").startsWith("pkg:maven/")) {
        components.add(
            new Component(
                component.path("group").asString("") + ":" + component.path("name").asString(""),
                component.path("version").asString("")));
      }
    }
    if (components.isEmpty()) {
      throw new AuditFailure(file + " lists no Maven artifact; it must be a CycloneDX document");
    }
    return components;
  }

  @Override
  public String toString() {
    return name + " " + version;
  }
}
