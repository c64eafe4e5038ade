package dev.reserva.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link in the documents leads to an existing file and heading. */
class DocumentLinksTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("^#+ +(.*)$", Pattern.MULTILINE);

  /** A line of the README's layout: a folder and what it is for. */
  private static final Pattern FOLDER = Pattern.compile("^([a-z-]+)/ +\\S", Pattern.MULTILINE);

  @Test
  void every_link_of_the_documents_leads_to_a_file_and_a_heading() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path document : documents()) {
      for (String target :
          LINK.matcher(Files.readString(document)).results().map(it -> it.group(1)).toList()) {
        if (target.startsWith("https://") || target.startsWith("http://")) {
          continue;
        }
        links++;
        if (!leadsSomewhere(document, target)) {
          broken.add(document + ": " + target);
        }
      }
    }
    assertThat(links).isGreaterThan(30);
    assertThat(broken).isEmpty();
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> top = Files.list(ROOT)) {
      top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (String folder : List.of("docs", "bench", "peers")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".md") && !file.toString().contains("target"))
            .forEach(documents::add);
      }
    }
    return documents;
  }

  private static boolean leadsSomewhere(Path document, String target) throws IOException {
    int hash = target.indexOf('#');
    String file = hash < 0 ? target : target.substring(0, hash);
    Path path = file.isEmpty() ? document : document.resolveSibling(file);
    if (!Files.exists(path)) {
      return false;
    }
    return hash < 0 || anchors(path).contains(target.substring(hash + 1));
  }

  /** As they are made from headings: lower case, spaces as dashes, without punctuation. */
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(Files.readString(document))
        .results()
        .map(heading ->
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void every_folder_of_the_layout_is_there_and_no_other() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    String layout =
        readme.substring(readme.indexOf("## Layout"), readme.indexOf("## Configuration"));
    Set<String> named =
        FOLDER.matcher(layout).results().map(it -> it.group(1)).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(ROOT)) {
      assertThat(
              files
                  .filter(Files::isDirectory)
                  .map(folder -> folder.getFileName().toString())
                  .filter(name ->
                      !name.startsWith(".") && !name.equals("target") && !name.equals("data")))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void the_class_that_the_readme_names_is_there() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    for (Path file :
        Pattern.compile("open `([\\w/]+)`")
            .matcher(readme)
            .results()
            .map(it -> Path.of("src/main/java/dev/reserva", it.group(1) + ".java"))
            .toList()) {
      assertThat(file).as("the README sends readers there").exists();
    }
  }
}
