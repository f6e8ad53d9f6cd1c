package io.kriya.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.kriya.KriyaProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A native binary has no more reflection, resources and services than were registered for it, where a JVM has all. The
 * other integration tests ran on JVMs that wrote down what they reached; this one, the last, looks for each in what is
 * registered.
 */
@Order(Integer.MAX_VALUE)
@Isolated("It reads what the others leave")
class ReflectionIT {

    /** What works without being registered. */
    private static final List<Exemption> EXEMPTIONS = List.of(
            new Exemption(
                    "sun\\.launcher\\.LauncherHelper|io\\.quarkus\\.bootstrap\\.runner\\.QuarkusEntryPoint",
                    ".*",
                    "Starts the jar; a binary has a start of its own"),
            new Exemption(
                    "java\\.util\\.concurrent\\.ForkJoinPool",
                    "io\\.quarkus\\.bootstrap\\..*",
                    "What the launcher of the jar asks for"),
            new Exemption(
                    "io\\.quarkus\\.runner\\.recorded\\..*|.*_Synthetic_Bean",
                    ".*",
                    "Generated code, in which every name is a constant"),
            new Exemption(
                    "io\\.quarkus\\.agroal\\.runtime\\.DataSources",
                    "io\\.netty\\.util\\.concurrent\\.FastThreadLocal",
                    "The name is a constant"),
            new Exemption(
                    "io\\.opentelemetry\\.api\\.internal\\.IncubatingUtil",
                    "io\\.opentelemetry\\.api\\.incubator\\..*",
                    "The name is a constant"),
            new Exemption(
                    "io\\.opentelemetry\\.sdk\\.metrics\\.internal\\.SdkMeterProviderUtil",
                    "io\\.opentelemetry\\.sdk\\.metrics\\.SdkMeterProviderBuilder",
                    "The class and its method are constants"),
            new Exemption(
                    "io\\.netty\\.util\\.internal\\.ReferenceCountUpdater|.*\\$AtomicIntegerFieldUpdaterImpl",
                    "io\\.netty\\.(buffer|util)\\.AbstractReferenceCounted(ByteBuf)?",
                    "The class and its field are constants"),
            new Exemption(
                    "io\\.quarkus\\.runtime\\.configuration\\.AbstractConfigBuilder",
                    "io\\.smallrye\\.common\\.net\\.CidrAddress|io\\.quarkus\\.vertx\\.http\\.runtime\\.TrustedProxyCheck.*",
                    "Generated code calls it, in which every name is a constant; without them nothing would start"),
            new Exemption(
                    "com\\.github\\.benmanes\\.caffeine\\.cache\\.(NodeFactory|LocalCacheFactory)",
                    "com\\.github\\.benmanes\\.caffeine\\.cache\\.[A-Z]+",
                    "CacheConstructorsFeature of Quarkus registers them"),
            new Exemption(
                    "org\\.hibernate\\.(persister|boot\\.registry\\.selector)\\.internal\\..*",
                    "org\\.hibernate\\..*",
                    "GraalVMStaticFeature of Hibernate registers them"),
            new Exemption(
                    "org\\.hibernate\\.service\\.internal\\.AbstractServiceRegistryImpl",
                    "org\\.hibernate\\..*|(io|org\\.infinispan)\\.quarkus\\.hibernate\\..*",
                    "RegisterServicesForReflectionFeature of Quarkus registers them"),
            new Exemption(
                    "io\\.netty\\.channel\\.ChannelHandlerMask\\$2",
                    "io\\.(kriya|netty|vertx)\\..*",
                    "Quarkus substitutes it: every handler is asked, whatever it says"),
            new Exemption(
                    "com\\.arjuna\\.common\\.(internal\\.)?util\\.propertyservice\\..*"
                            + "|io\\.quarkus\\.narayana\\.jta\\.runtime\\.NarayanaJtaRecorder",
                    "com\\.arjuna\\..*|jbossts-properties\\.xml",
                    "Properties of the transaction manager, whose factory Quarkus substitutes"),
            new Exemption(
                    "java\\.util\\.ServiceLoader\\$.*",
                    "org\\.jboss\\.logmanager\\.JBossLoggerFinder|.*\\.System\\$LoggerFinder",
                    "Without it the JDK's own log goes through java.util.logging, to the same place"),
            new Exemption(
                    "(java\\.util\\.logging|org\\.jboss\\.logmanager)\\.LogManager|java\\.util\\.ServiceLoader\\$.*",
                    "org\\.jboss\\.logmanager\\.(LogManager|configuration\\..*)"
                            + "|(.*/)?org\\.jboss\\.logmanager\\.ConfiguratorFactory|io\\.quarkus\\.bootstrap\\.logging\\..*",
                    "The log is made in the build"),
            new Exemption(
                    "com\\.fasterxml\\.jackson\\.databind\\.util\\.ClassUtil",
                    "org\\.flywaydb\\.core\\.extensibility\\.Plugin",
                    "An interface without properties"),
            new Exemption(
                    "io\\.quarkus\\.qute\\.ReflectionValueResolver",
                    "io\\.quarkus\\.qute\\.Mapper.*",
                    "Only asked, by ReflectionGuard; what it finds is an error"),
            new Exemption(
                    "io\\.vertx\\.core\\.file\\.impl\\.FileResolverImpl",
                    "META-INF(/.*)?",
                    "A folder of registered files"),
            new Exemption(
                    "io\\.smallrye\\.config\\.ConfigMappingInterface",
                    "get(Declared)?Classes io\\.kriya\\..*",
                    "It looks for Kotlin's default methods, and finds none"),
            new Exemption(
                    "io\\.smallrye\\.common\\.classloader\\.ClassPathUtils",
                    "application\\.properties",
                    "Its values are in the binary since the build"));

    /** What works too, and is not reached in every run. */
    private static final List<Exemption> RARE = List.of(new Exemption(
            "io\\.smallrye\\.config\\.SmallRyeConfigProviderResolver|java\\.util\\.ServiceLoader\\$.*",
            "(.*/)?io\\.smallrye\\.config\\.SmallRyeConfigFactory|.*\\.QuarkusConfigFactory",
            "Quarkus substitutes the search for one, which a process that ends may begin"));

    private static NativeMetadata metadata;
    private static Map<Reached, Integer> reached;

    /**
     * @param caller a regular expression
     * @param target a regular expression of the target, or of the method and the target
     */
    private record Exemption(String caller, String target, String reason) {

        boolean covers(Reached reached) {
            return reached.caller().matches(caller)
                    && Stream.of(reached.target(), reached.method() + " " + reached.target())
                            .anyMatch(one -> one.matches(target));
        }
    }

    @BeforeAll
    static void theOtherTestsRanOnJvms() throws IOException {
        assumeThat(KriyaProcess.isNative()).isFalse();
        metadata = NativeMetadata.read();
        reached = Tracing.reached();
        assumeThat(isWholeRun() || !reached.isEmpty()).as("tests ran before").isTrue();
    }

    private static boolean isWholeRun() {
        return System.getProperty("it.test") == null;
    }

    private static Stream<Reached> missing() {
        return reached.keySet().stream().filter(one -> !metadata.permits(one));
    }

    /** Of libraries, what one process alone reached: a fault at just that moment, say, which no next run may see. */
    private static boolean isRare(Reached one) {
        return !one.isOfKriya() && reached.get(one) == 1;
    }

    @Test
    void whatIsReachedIsRegistered() {
        assertThat(missing().filter(one -> !isRare(one)).filter(one -> Stream.concat(EXEMPTIONS.stream(), RARE.stream())
                        .noneMatch(exemption -> exemption.covers(one))))
                .isEmpty();
    }

    @Test
    void everyExemptionIsNeeded() {
        assumeThat(isWholeRun()).as("all tests ran").isTrue();
        assertThat(EXEMPTIONS).allSatisfy(exemption -> assertThat(missing()).anyMatch(exemption::covers));
    }

    @Test
    void theTraceShowsWhatIsKnownToBeReached() {
        assumeThat(isWholeRun()).as("all tests ran").isTrue();
        assertThat(reached.keySet())
                .anyMatch(one -> one.method().equals("getResourceAsStream")
                        && one.target().startsWith("com/google/i18n/"))
                .anyMatch(one ->
                        one.method().equals("newInstance") && one.target().startsWith("io.kriya."));
    }
}
