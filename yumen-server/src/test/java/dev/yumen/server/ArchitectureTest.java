package dev.yumen.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.yumen.Gateway;
import dev.yumen.exchange.Caller;
import dev.yumen.exchange.Delivery;
import dev.yumen.exchange.Prompt;
import dev.yumen.exchange.Route;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may know whom. {@code docs/internals/ARCHITECTURE.md} says why. */
class ArchitectureTest {
  private static final JavaClasses YUMEN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.yumen");

  private static final List<String> STAGES =
      List.of(
          "dev.yumen.authentication..",
          "dev.yumen.dialect..",
          "dev.yumen.routing..",
          "dev.yumen.upstream..",
          "dev.yumen.relay..",
          "dev.yumen.audit..");

  @Test
  void both_modules_are_looked_at() {
    assertThat(YUMEN.contain(Gateway.class)).isTrue();
    assertThat(YUMEN.contain(Assembly.class)).isTrue();
  }

  @Test
  void the_nouns_know_nobody() {
    noClasses()
        .that(resideInAPackage("dev.yumen.exchange"))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.yumen..").and(notIn("dev.yumen.exchange")))
        .check(YUMEN);
  }

  @Test
  void the_json_scanner_knows_nobody() {
    noClasses()
        .that(resideInAPackage("dev.yumen.json"))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.yumen..").and(notIn("dev.yumen.json")))
        .check(YUMEN);
  }

  @Test
  void a_stage_knows_the_nouns_and_json_and_no_other_stage() {
    for (String stage : STAGES) {
      noClasses()
          .that(resideInAPackage(stage))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.yumen..")
                  .and(notIn(stage, "dev.yumen.exchange", "dev.yumen.json")))
          .check(YUMEN);
    }
  }

  @Test
  void the_core_does_not_know_the_server() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.yumen.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.yumen.server..")
        .check(YUMEN);
  }

  @Test
  void a_proof_is_printed_only_where_it_is_earned() {
    printedOnlyIn(Caller.class, "dev.yumen.authentication");
    printedOnlyIn(Prompt.class, "dev.yumen.dialect");
    printedOnlyIn(Route.class, "dev.yumen.routing");
    printedOnlyIn(Delivery.class, "dev.yumen.relay");
  }

  private static void printedOnlyIn(Class<?> proof, String stage) {
    constructors()
        .that()
        .areDeclaredIn(proof)
        .should()
        .onlyBeCalled()
        .byClassesThat(resideInAPackage(stage).or(resideInAPackage("dev.yumen.exchange")))
        .check(YUMEN);
  }

  @Test
  void the_event_loop_library_stays_behind_its_doors() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.yumen.server", // where the process is wired
            "dev.yumen.server.command..",
            "dev.yumen.server.http..",
            "dev.yumen.server.upstream..",
            "dev.yumen.server.simulator..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."))
        .check(YUMEN);
  }

  @Test
  void stages_know_no_library_of_the_server() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.yumen.server..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.vertx..",
                "io.netty..",
                "io.micrometer..",
                "io.opentelemetry..",
                "picocli..",
                "org.snakeyaml..",
                "ch.qos.logback..",
                "java.net.http..",
                "java.sql..",
                "java.nio.file.."))
        .check(YUMEN);
  }

  @Test
  void what_is_said_to_callers_is_never_parsed_on_the_way_through_the_relay() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.yumen",
            "dev.yumen.exchange",
            "dev.yumen.json",
            "dev.yumen.routing",
            "dev.yumen.upstream",
            "dev.yumen.relay",
            "dev.yumen.audit",
            "dev.yumen.server.http",
            "dev.yumen.server.upstream")
        .should()
        .dependOnClassesThat(resideInAnyPackage("tools.jackson..", "com.fasterxml.."))
        .check(YUMEN);
  }

  @Test
  void time_is_handed_in() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Main")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(InstantSource.class, "system")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .check(YUMEN);
  }

  @Test
  void no_class_and_no_package_is_a_junk_room() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..misc..",
            "..helper..",
            "..impl..",
            "..manager..")
        .check(YUMEN);
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(YUMEN);
  }

  @Test
  void who_wires_the_process_is_not_used_by_what_is_wired() {
    classes()
        .that()
        .resideInAPackage("dev.yumen.server")
        .should()
        .onlyBeAccessed()
        .byAnyPackage("dev.yumen.server")
        .check(YUMEN);
  }

  private static DescribedPredicate<JavaClass> notIn(String... packages) {
    return not(resideInAnyPackage(packages));
  }
}
