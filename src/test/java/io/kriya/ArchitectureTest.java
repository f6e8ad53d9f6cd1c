package io.kriya;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.kriya.apikey.RequiresApiKey;
import io.kriya.security.AcceptedSecrets;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the packages as docs/architecture.md has them. */
class ArchitectureTest {

    /** The floors, from top to bottom: a package imports packages of lower floors, or sub-packages of its own. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("", "dev", "openapi", "status"),
            List.of("loginpage", "selfservice", "cleanup", "config"),
            List.of("loginpage.branding", "loginpage.view", "receipt", "signin"),
            List.of("oauth", "plane", "challenge"),
            List.of("oauth.client", "token", "sms", "device", "proof", "apikey"),
            List.of("token.cache"),
            List.of("http"),
            List.of("http.connection", "http.address", "account", "limit"),
            List.of("error", "warmup"),
            List.of("database.migration"),
            List.of("database.availability"),
            List.of("database", "security"),
            List.of("setting", "validation"));

    /** Packages that know nothing of HTTP, nor of the errors of the API. */
    private static final String[] DOMAIN = {
        "io.kriya.account",
        "io.kriya.challenge",
        "io.kriya.database",
        "io.kriya.database.availability",
        "io.kriya.device",
        "io.kriya.limit",
        "io.kriya.security",
        "io.kriya.sms",
        "io.kriya.token.cache",
        "io.kriya.warmup"
    };

    private static final String READS_HTTP = ".*\\.(\\w*(Resource|Problems|Callers|Authenticator)"
            + "|Login(Requests?|Responses|Cookies|Country)|SecurityHeaders|OAuthResponses|PresentedToken|NoStore|Requires\\w+)(\\$.*)?";

    private static final JavaClasses KRIYA = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.kriya");

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.kriya.(**)").should().beFreeOfCycles());
    }

    @Test
    void importsGoDownOnly() {
        for (int floor = 1; floor < FLOORS.size(); floor++) {
            check(noClasses()
                    .that()
                    .resideInAnyPackage(packages(FLOORS.subList(floor, floor + 1)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(FLOORS.subList(0, floor))));
        }
    }

    @Test
    void everyPackageHasAFloorAndAnExplanation() {
        Set<String> packages = KRIYA.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        assertThat(packages).containsExactlyInAnyOrder(packages(FLOORS)).allSatisfy(name -> assertThat(
                        Path.of("src/main/java", name.replace('.', '/'), "package-info.java"))
                .exists());
    }

    @Test
    void theFloorsAreThoseOfTheDocumentation() throws IOException {
        List<String> rows = new ArrayList<>();
        for (List<String> floor : FLOORS) {
            for (String name : floor) {
                String number = name.equals(floor.getFirst()) ? " " + (FLOORS.size() - FLOORS.indexOf(floor)) : "";
                rows.add("|%s | %s |".formatted(number, name.isEmpty() ? "(root)" : "`" + name + "`"));
            }
        }
        assertThat(Files.readAllLines(Path.of("docs/architecture.md")).stream()
                        .filter(line -> line.matches("\\|( \\d+)? \\| (\\(root\\)|`[a-z.]+`) \\|.*"))
                        .map(line -> line.replaceFirst("^(.+? \\| .+? \\|).*", "$1")))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void theDomainKnowsNothingOfHttp() {
        check(noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.ws.rs..", "org.jboss.resteasy..", "io.vertx.core.http..", "io.kriya.error")));
    }

    @Test
    void onlyResourcesAndWhatReadsRequestsKnowHttp() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.kriya.apikey",
                        "io.kriya.token",
                        "io.kriya.plane",
                        "io.kriya.oauth..",
                        "io.kriya.receipt",
                        "io.kriya.signin",
                        "io.kriya.selfservice",
                        "io.kriya.cleanup",
                        "io.kriya.loginpage..")
                .and()
                .haveNameNotMatching(READS_HTTP)
                .should()
                .dependOnClassesThat(resideInAnyPackage("jakarta.ws.rs..", "io.vertx.core.http..")));
    }

    @Test
    void everyRouteDeclaresWhoMayCallIt() {
        for (Class<? extends Annotation> method :
                List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class, HEAD.class, OPTIONS.class)) {
            check(methods()
                    .that()
                    .areAnnotatedWith(method)
                    .should()
                    .beAnnotatedWith(PermitAll.class)
                    .orShould()
                    .beAnnotatedWith(RequiresApiKey.class)
                    .orShould()
                    .beDeclaredInClassesThat(annotatedWith(PermitAll.class))
                    .allowEmptyShould(true));
        }
    }

    /** {@link MessageDigest#isEqual} takes the same time wherever the first difference is. */
    @Test
    void bytesAreComparedInConstantTime() {
        check(noClasses()
                .that(resideInAPackage("io.kriya..").and(simpleName("Logo").negate()))
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class));
        for (String comparing :
                List.of("OneTimeCode", "CsrfTokens", "AcceptedSecrets", "TwilioReceipts", "WebhookSecret")) {
            check(classes()
                    .that(simpleName(comparing))
                    .should()
                    .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class));
        }
        for (String comparing : List.of("ClientCredentials", "ApiKeys")) {
            check(classes()
                    .that(simpleName(comparing))
                    .should()
                    .callMethod(AcceptedSecrets.class, "contain", byte[].class));
        }
    }

    private static void check(ArchRule rule) {
        rule.check(KRIYA);
    }

    private static String[] packages(List<List<String>> floors) {
        return floors.stream()
                .flatMap(List::stream)
                .map(name -> name.isEmpty() ? "io.kriya" : "io.kriya." + name)
                .toArray(String[]::new);
    }
}
