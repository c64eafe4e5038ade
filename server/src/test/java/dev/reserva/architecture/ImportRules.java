package dev.reserva.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Who may import whom.
 *
 * @param base the package whose sub-packages are the modules: the real one, or a tree of planted
 *     violations
 */
record ImportRules(String base) {

  private static final String REAL = "dev.reserva";
  private static final Set<String> VALUES =
      Set.of(REAL + ".contracts.Money", REAL + ".contracts.TaxRate", REAL + ".contracts.Text");
  private static final String BACKBONE = REAL + ".messaging";

  private static final String GATEWAY = "gateway";

  private static final String INTAKE = BACKBONE + ".delivery.IntakeLoop";

  /** What receives messages of a broker. */
  private static final Set<String> CONSUMERS =
      Set.of(
          BACKBONE + ".transport.BrokerConsumer",
          "com.rabbitmq.client.Consumer",
          "com.rabbitmq.client.DefaultConsumer",
          "com.rabbitmq.client.DeliverCallback",
          "org.apache.kafka.clients.consumer.Consumer",
          "org.apache.kafka.clients.consumer.KafkaConsumer");

  /** Sub-packages of the base that are no services. */
  private static final Set<String> SHARED =
      Set.of(
          "", "architecture", "cli", "contracts", "gateway", "messaging", "platform", "postgres");

  List<ArchRule> all() {
    return List.of(
        domainUsesJavaAlone(),
        applicationSeesDomainContractsAndBackbone(),
        adaptersDoNotKnowEachOther(),
        adaptersSeeOnlyTheBackbonesRoot(),
        servicesShareNothingButContractsAndPlatform(),
        platformKnowsNoService(),
        gatewayKnowsPlatformAndContracts(),
        onlyTheProgramKnowsTheGateway(),
        contractsUseJavaAlone(),
        onlyTheIntakeConsumesABroker());
  }

  ArchRule domainUsesJavaAlone() {
    return rule(
        "domain uses java.*, JSpecify, Money, TaxRate and Text alone",
        type -> layer(type).equals("domain"),
        (type, used) -> isPlain(used) || isValue(used) || sameLayer(type, used, "domain"));
  }

  ArchRule applicationSeesDomainContractsAndBackbone() {
    return rule(
        "application uses its own domain, contracts, the backbone's root package and slf4j",
        type -> layer(type).equals("application"),
        (type, used) ->
            isPlain(used)
                || used.getPackageName().startsWith("org.slf4j")
                || isBackbonesRoot(used)
                || isContract(used)
                || sameLayer(type, used, "domain")
                || sameLayer(type, used, "application"));
  }

  ArchRule adaptersDoNotKnowEachOther() {
    return rule(
        "adapters know the layers inside of them and not each other",
        type -> layer(type).equals("adapters"),
        (type, used) ->
            !sameModule(type, used)
                || !layer(used).equals("adapters")
                || segment(type, 2).equals(segment(used, 2)));
  }

  ArchRule adaptersSeeOnlyTheBackbonesRoot() {
    return rule(
        "services use the backbone's root package, and their adapters its SQL, alone",
        this::isService,
        (type, used) ->
            !used.getPackageName().startsWith(BACKBONE + ".")
                || isBackbonesRoot(used)
                || (layer(type).equals("adapters")
                    && used.getPackageName().equals(BACKBONE + ".sql")));
  }

  ArchRule servicesShareNothingButContractsAndPlatform() {
    return rule(
        "no service imports another",
        this::isService,
        (type, used) -> !isService(used) || sameModule(type, used));
  }

  ArchRule platformKnowsNoService() {
    return rule(
        "the platform knows no service",
        type -> segment(type, 0).equals("platform"),
        (type, used) -> !isService(used));
  }

  ArchRule gatewayKnowsPlatformAndContracts() {
    return rule(
        "the gateway knows the platform, contracts and the backbone's root package, and no service",
        type -> segment(type, 0).equals(GATEWAY),
        (type, used) ->
            !isOurs(used)
                || sameModule(type, used)
                || segment(used, 0).equals("platform")
                || isContract(used)
                || isBackbonesRoot(used));
  }

  /** The root package starts programs, and the command line asks it to. */
  ArchRule onlyTheProgramKnowsTheGateway() {
    return rule(
        "nothing but the program and its command line knows the gateway",
        type -> isHere(type) && !Set.of("", "cli", GATEWAY).contains(segment(type, 0)),
        (type, used) -> !segment(used, 0).equals(GATEWAY));
  }

  ArchRule contractsUseJavaAlone() {
    return rule(
        "contracts use java.* alone",
        type -> segment(type, 0).equals("contracts"),
        (type, used) -> isPlain(used) || sameModule(type, used));
  }

  /** It imports by the inbox, so no queue has a consumer for which an event takes effect twice. */
  ArchRule onlyTheIntakeConsumesABroker() {
    return rule(
        "only the intake, which imports by the inbox, consumes a broker",
        type ->
            !type.getName().startsWith(INTAKE)
                && !type.getPackageName().startsWith(BACKBONE + ".transport"),
        (_, used) -> !CONSUMERS.contains(used.getName()));
  }

  private ArchRule rule(
      String name, Predicate<JavaClass> subject, BiPredicate<JavaClass, JavaClass> allowed) {
    return ArchRuleDefinition.classes()
        .that(DescribedPredicate.describe(name, subject))
        .should(
            new ArchCondition<>("keep to it") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                  JavaClass used = dependency.getTargetClass().getBaseComponentType();
                  if (!used.isPrimitive() && !allowed.test(type, used)) {
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                  }
                }
              }
            })
        .as(name)
        .allowEmptyShould(true);
  }

  private boolean isService(JavaClass type) {
    return isHere(type) && !SHARED.contains(segment(type, 0));
  }

  private static boolean isPlain(JavaClass used) {
    return used.getPackageName().startsWith("java.")
        || used.getPackageName().startsWith("org.jspecify.");
  }

  private static boolean isValue(JavaClass used) {
    return VALUES.contains(used.getName());
  }

  private static boolean isContract(JavaClass used) {
    return used.getPackageName().equals(REAL + ".contracts");
  }

  private static boolean isBackbonesRoot(JavaClass used) {
    return used.getPackageName().equals(BACKBONE);
  }

  private boolean sameLayer(JavaClass type, JavaClass used, String layer) {
    return sameModule(type, used) && layer(used).equals(layer);
  }

  private boolean sameModule(JavaClass type, JavaClass used) {
    return isHere(used) && segment(type, 0).equals(segment(used, 0));
  }

  private String layer(JavaClass type) {
    return isService(type) ? segment(type, 1) : "";
  }

  private static boolean isOurs(JavaClass used) {
    return used.getPackageName().equals(REAL) || used.getPackageName().startsWith(REAL + ".");
  }

  private boolean isHere(JavaClass type) {
    return type.getPackageName().equals(base) || type.getPackageName().startsWith(base + ".");
  }

  /** A segment of the package below the base; empty where there is none. */
  private String segment(JavaClass type, int index) {
    if (!isHere(type) || type.getPackageName().equals(base)) {
      return "";
    }
    List<String> segments =
        List.of(type.getPackageName().substring(base.length() + 1).split("\\.", -1));
    return index < segments.size() ? segments.get(index) : "";
  }
}
