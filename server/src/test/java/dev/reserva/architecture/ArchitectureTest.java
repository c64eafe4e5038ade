package dev.reserva.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;

/** The import rules hold, and each rule detects a violation. */
class ArchitectureTest {

  private static final String PLANTED = "dev.reserva.architecture.planted";
  private static final ImportRules RULES = new ImportRules("dev.reserva");
  private static final ImportRules PLANTED_RULES = new ImportRules(PLANTED);

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar")) // of other modules
          .importPackages("dev.reserva");
  private static final JavaClasses VIOLATIONS = new ClassFileImporter().importPackages(PLANTED);

  static List<ArchRule> rules() {
    return RULES.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void every_import_keeps_to_the_rules(ArchRule rule) {
    assertThat(rule.evaluate(OURS).getFailureReport().getDetails()).isEmpty();
  }

  static Stream<Arguments> planted() {
    return Stream.of(
        Arguments.of(PLANTED_RULES.domainUsesJavaAlone(), "alpha.domain.UsesFramework"),
        Arguments.of(PLANTED_RULES.domainUsesJavaAlone(), "alpha.domain.PublishesEvents"),
        Arguments.of(
            PLANTED_RULES.applicationSeesDomainContractsAndBackbone(),
            "alpha.application.UsesFramework"),
        Arguments.of(
            PLANTED_RULES.applicationSeesDomainContractsAndBackbone(),
            "alpha.application.UsesAdapter"),
        Arguments.of(
            PLANTED_RULES.applicationSeesDomainContractsAndBackbone(),
            "alpha.application.UsesPlatform"),
        Arguments.of(PLANTED_RULES.adaptersDoNotKnowEachOther(), "alpha.adapters.web.UsesRows"),
        Arguments.of(
            PLANTED_RULES.adaptersSeeOnlyTheBackbonesRoot(),
            "alpha.adapters.messaging.UsesBackbonesInside"),
        Arguments.of(
            PLANTED_RULES.servicesShareNothingButContractsAndPlatform(),
            "beta.adapters.web.UsesAlpha"),
        Arguments.of(PLANTED_RULES.platformKnowsNoService(), "platform.KnowsAlpha"),
        Arguments.of(PLANTED_RULES.gatewayKnowsPlatformAndContracts(), "gateway.KnowsAlpha"),
        Arguments.of(
            PLANTED_RULES.onlyTheProgramKnowsTheGateway(), "beta.adapters.web.UsesGateway"),
        Arguments.of(PLANTED_RULES.contractsUseJavaAlone(), "contracts.UsesFramework"),
        Arguments.of(
            PLANTED_RULES.onlyTheIntakeConsumesABroker(), "platform.ConsumesWithoutInbox"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("planted")
  void a_planted_violation_is_caught(ArchRule rule, String violator) {
    assertThat(rule.evaluate(VIOLATIONS).getFailureReport().getDetails())
        .anyMatch(detail -> isAbout(detail, violator));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("planted")
  void a_class_that_keeps_to_the_rules_is_not_reported(ArchRule rule, String violator) {
    assertThat(rule.evaluate(VIOLATIONS).getFailureReport().getDetails())
        .noneMatch(detail -> isAbout(detail, "alpha.domain.Good"));
  }

  /** Whether the class, or a member of it, is what a detail such as "Field <…> has type" names. */
  private static boolean isAbout(String detail, String type) {
    return detail.matches("\\w+ <" + Pattern.quote(PLANTED + "." + type) + "[.>].*");
  }

  @Test
  void modules_use_only_what_others_expose() {
    ApplicationModules.of(
            "dev.reserva",
            JavaClass.Predicates.resideInAnyPackage(
                "dev.reserva.messaging..", "dev.reserva.postgres.."))
        .verify();
  }

  @Test
  void a_module_that_reaches_into_another_is_caught() {
    assertThatThrownBy(
            () -> ApplicationModules.of(PLANTED, (ImportOption) location -> true).verify())
        .hasMessageContaining("beta")
        .hasMessageContaining("UsesAlpha");
  }
}
