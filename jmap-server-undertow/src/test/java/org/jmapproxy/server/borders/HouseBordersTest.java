package org.jmapproxy.server.borders;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/** The borders of the house (docs/architecture.md), over all modules. */
@AnalyzeClasses(
    packages = "org.jmapproxy",
    importOptions = {ImportOption.DoNotIncludeTests.class, HouseBordersTest.NoTestKits.class})
class HouseBordersTest {

  /** Kits are tests too, though other modules see them as jars. */
  static final class NoTestKits implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/testkit/");
    }
  }

  private static final String ROOT = "org.jmapproxy.";

  /** Longest first, so that each class belongs to one. */
  private static final List<String> MODULES =
      List.of(
          ROOT + "backend.imap",
          ROOT + "backend.passthrough",
          ROOT + "calendars",
          ROOT + "contacts",
          ROOT + "core",
          ROOT + "examples",
          ROOT + "mail",
          ROOT + "pdpa",
          ROOT + "server");

  private static final String[] DATA_TYPES = {
    ROOT + "mail..", ROOT + "calendars..", ROOT + "contacts..", ROOT + "pdpa.."
  };

  private static final String[] HTTP_AND_SQL = {
    "io.undertow..",
    "org.xnio..",
    "java.sql..",
    "javax.sql..",
    "org.sqlite..",
    "jakarta.servlet..",
    "com.sun.net.httpserver..",
    "java.net.http.."
  };

  @ArchTest
  static final ArchRule coreKnowsNoDataTypeNoBackendAndNoServer =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "core..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(DATA_TYPES)
                  .or(resideInAnyPackage(ROOT + "backend..", ROOT + "server..")));

  @ArchTest
  static final ArchRule theEngineKnowsNoTypeOfCoreByName =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "core..")
          .and()
          .resideOutsideOfPackage(ROOT + "core.types..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "core.types..");

  @ArchTest
  static final ArchRule dataTypesKnowNoBackendNoServerNoHttpAndNoSql =
      noClasses()
          .that()
          .resideInAnyPackage(DATA_TYPES)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(ROOT + "backend..", ROOT + "server..")
                  .or(resideInAnyPackage(HTTP_AND_SQL)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule dataTypeModulesNeverSeeEachOther =
      classes()
          .that()
          .resideInAnyPackage(DATA_TYPES)
          .should(
              onlyDependOn(
                  "classes of no other data type module",
                  (from, to) ->
                      moduleOf(from).equals(moduleOf(to))
                          || !resideInAnyPackage(DATA_TYPES).test(to)))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule coreKnowsNoHttpButItsClientAndNoSql =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "core..")
          .and()
          .resideOutsideOfPackage(ROOT + "core.internal.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HTTP_AND_SQL);

  @ArchTest
  static final ArchRule backendsNeverSeeTheServerNorEachOther =
      classes()
          .that()
          .resideInAPackage(ROOT + "backend..")
          .should(
              onlyDependOn(
                  "no server and no other backend",
                  (from, to) ->
                      !resideInAPackage(ROOT + "server..").test(to)
                          && (moduleOf(from).equals(moduleOf(to))
                              || !resideInAPackage(ROOT + "backend..").test(to))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule internalsStayInTheirModule =
      classes()
          .that()
          .resideInAPackage("org.jmapproxy..")
          .should(
              onlyDependOn(
                  "internals of their own module only",
                  (from, to) ->
                      !resideInAPackage("org.jmapproxy..internal..").test(to)
                          || moduleOf(from).equals(moduleOf(to))));

  @ArchTest
  static final ArchRule onlyTheServerAndExamplesMakeThreads =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "server..", ROOT + "examples..")
          .should()
          .callCodeUnitWhere(makesThreads());

  @ArchTest
  static final ArchRule nothingStaticChanges =
      fields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAPackage("org.jmapproxy..")
          .should()
          .beFinal();

  @ArchTest
  static final ArchRule theServersRoomsBehindItsRoutesKnowNoHttp =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "server.config..",
              ROOT + "server.vault..",
              ROOT + "server.accounts..",
              ROOT + "server.auth..",
              ROOT + "server.metrics..",
              ROOT + "server.lifecycle..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.undertow..", "org.xnio..", ROOT + "server.http..");

  @ArchTest
  static final ArchRule theServersPackagesHaveNoCycles =
      slices().matching(ROOT + "server.(*)..").should().beFreeOfCycles();

  private static DescribedPredicate<JavaCall<?>> makesThreads() {
    return describe(
        "make threads",
        call -> {
          JavaClass owner = call.getTargetOwner();
          boolean constructor = call.getName().equals("<init>");
          return owner.isEquivalentTo(Executors.class)
              || (constructor
                  && (owner.isAssignableTo(Thread.class)
                      || owner.isAssignableTo(ThreadPoolExecutor.class)
                      || owner.isAssignableTo(ForkJoinPool.class)
                      || owner.isAssignableTo(java.util.Timer.class)));
        });
  }

  private interface Border {
    boolean allows(JavaClass from, JavaClass to);
  }

  private static ArchCondition<JavaClass> onlyDependOn(String what, Border border) {
    return new ArchCondition<>("depend on " + what) {
      @Override
      public void check(JavaClass from, ConditionEvents events) {
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
          if (!border.allows(from, dependency.getTargetClass())) {
            events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static String moduleOf(JavaClass type) {
    return MODULES.stream()
        .filter(
            module ->
                type.getPackageName().equals(module)
                    || type.getPackageName().startsWith(module + "."))
        .findFirst()
        .orElse("");
  }
}
