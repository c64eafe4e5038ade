package dev.reserva.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
  private static final String OTHER =
      """
      {"id": "GHSA-1", "aliases": ["CVE-2026-1"], "summary": "too much trust", "affected": [
        {"package": {"ecosystem": "Maven", "name": "org.example:lib"},
         "ranges": [{"type": "ECOSYSTEM", "events": [
           {"introduced": "1.0"}, {"fixed": "1.2"}, {"introduced": "2.0"}, {"last_affected": "2.1"}]}],
         "versions": ["0.9-odd"]}]}
      """;

  @TempDir private Path folder;
  private Path accepted = Path.of("none");

  @BeforeEach
  void nothingIsAccepted() throws Exception {
    accepted = Files.writeString(folder.resolve("accepted.txt"), "# nothing\n\n");
  }

  @Test
  void a_dependency_whose_advisory_this_project_knows_is_found_without_a_database()
      throws Exception {
    Ran old = run(sbom("org.postgresql:postgresql:42.7.11"));
    assertThat(old.status()).isEqualTo(1);
    assertThat(old.said())
        .contains("vulnerable: org.postgresql:postgresql 42.7.11: CVE-2026-54291")
        .contains("1 dependencies", "1 findings", "RESERVA_VULNERABILITIES=all.zip");
    Ran mended = run(sbom("org.postgresql:postgresql:42.7.14"));
    assertThat(mended.status()).as(mended.said()).isZero();
  }

  @Test
  void every_range_and_listed_version_of_a_database_counts() throws Exception {
    Path database = Files.createDirectory(folder.resolve("database"));
    Files.writeString(database.resolve("GHSA-1.json"), OTHER);
    for (String vulnerable : List.of("0.9-odd", "1.0", "1.1.9", "1.2-rc1", "2.0", "2.1")) {
      Ran ran = run(sbom("org.example:lib:" + vulnerable), "--database", database.toString());
      assertThat(ran.status()).as(vulnerable).isEqualTo(1);
      assertThat(ran.said())
          .contains("org.example:lib " + vulnerable + ": GHSA-1 (CVE-2026-1) too much trust")
          .doesNotContain("curl");
    }
    for (String fine : List.of("0.8", "1.2", "1.10", "2.1.1", "3")) {
      assertThat(run(sbom("org.example:lib:" + fine), "--database", database.toString()).status())
          .as(fine)
          .isZero();
    }
    assertThat(run(sbom("org.other:lib:1.0"), "--database", database.toString()).status()).isZero();
  }

  @Test
  void a_database_may_be_a_zip_file_and_withdrawn_advisories_have_no_effect() throws Exception {
    Path zip = zip(OTHER);
    assertThat(run(sbom("org.example:lib:1.0"), "--database", zip.toString()).status()).isOne();
    Path withdrawn = zip(OTHER.replace("{\"id\"", "{\"withdrawn\": \"2026-01-01\", \"id\""));
    assertThat(run(sbom("org.example:lib:1.0"), "--database", withdrawn.toString()).status())
        .isZero();
  }

  @Test
  void an_accepted_finding_does_not_fail_and_is_named() throws Exception {
    Files.writeString(accepted, "CVE-2026-1 org.example:lib | unused part\n");
    Ran ran = run(sbom("org.example:lib:1.0"), "--database", zip(OTHER).toString());
    assertThat(ran.status()).isZero();
    assertThat(ran.said()).contains("accepted: org.example:lib 1.0", "0 findings, 1 accepted");
    Files.writeString(accepted, "CVE-2026-1 org.example:lib\n");
    assertThat(run(sbom("org.example:lib:1.0")).said()).contains("must be like \"CVE-2026-1");
  }

  @Test
  void what_cannot_be_checked_is_no_success() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.json"), "{}");
    assertThat(run(empty).status()).isEqualTo(2);
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    Ran ran = run(sbom("a:b:1"), "--database", nothing.toString());
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.said()).contains("contains no advisory");
    assertThat(run(sbom("a:b:1"), "--database", folder.resolve("absent").toString()).status())
        .isEqualTo(2);
  }

  private record Ran(int status, String said) {}

  private Ran run(Path sbom, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("--sbom", sbom.toString(), "--accepted", accepted.toString()));
    arguments.addAll(List.of(more));
    StringWriter said = new StringWriter();
    int status = Audit.execute(new PrintWriter(said, true), arguments.toArray(String[]::new));
    return new Ran(status, said.toString());
  }

  private Path sbom(String coordinates) throws Exception {
    String[] part = coordinates.split(":", -1);
    return Files.writeString(
        folder.resolve("bom.json"),
        """
        {"bomFormat": "CycloneDX", "components": [{"type": "library", "group": "%1$s", "name": "%2$s",
          "version": "%3$s", "purl": "pkg:maven/%1$s/%2$s@%3$s?type=jar"}]}
        """
            .formatted(part[0], part[1], part[2]));
  }

  private Path zip(String document) throws Exception {
    Path zip = folder.resolve("all.zip");
    try (OutputStream file = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("GHSA-1.json"));
      out.write(document.getBytes(StandardCharsets.UTF_8));
    }
    return zip;
  }
}
