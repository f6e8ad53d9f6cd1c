package io.kriya.config;

import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Reports why a start failed: one sentence for each setting, without a value or a stack trace. */
public final class StartFailure {

    /** What a constraint says of a key or an entry of its list, and what a converter says of a value, quoting it. */
    private static final Pattern PROBLEM =
            Pattern.compile("(?s)(?<key>kriya\\.[a-z0-9.-]+)(\\[\\d+])? (?<text>.+)|.*?property (?<unread>\\S+) .*");

    private StartFailure() {}

    /** Drops what static initialisation has logged below WARN: if the settings are wrong, Quarkus would print it. */
    static void dropQueuedLog() {
        var console = InitialConfigurator.createDefaultHandler();
        console.setLevel(Level.WARNING);
        InitialConfigurator.DELAYED_HANDLER.setBuildTimeHandlers(new Handler[] {console});
        InitialConfigurator.DELAYED_HANDLER.buildTimeComplete();
    }

    /** Ends the process, as the handler of Quarkus's exit code. */
    public static void exit(int code, Throwable cause) {
        if (cause != null) {
            Throwable root = ExceptionUtil.getRootCause(cause);
            Collection<String> sentences = sentences(root);
            sentences.forEach(System.err::println);
            if (sentences.isEmpty()) {
                Logger.getLogger(StartFailure.class).error("Failed to start", cause);
            }
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, cause);
    }

    /** Empty for a failure that nobody foresaw. */
    static Collection<String> sentences(Throwable root) {
        return switch (root) {
            case ConfigValidationException invalid -> ofSettings(invalid);
            case QuarkusBindException bind -> List.of(taken(bind.getPort()));
            case PreventFurtherStepsException stopped -> List.of(String.valueOf(stopped.getMessage()));
            case ConfigurationException invalid -> List.of(String.valueOf(invalid.getMessage()));
            case IllegalStateException invalid
            when Variable.ALL.containsKey(firstWord(invalid.getMessage())) -> List.of(invalid.getMessage());
            default -> List.of();
        };
    }

    private static String firstWord(String sentence) {
        return String.valueOf(sentence).split(" ", 2)[0];
    }

    /** A port that was taken after the settings were checked. */
    private static String taken(int port) {
        boolean isOfManagement = ConfigProvider.getConfig().getValue("quarkus.management.port", Integer.class) == port;
        String name = isOfManagement ? "MANAGEMENT_PORT" : "PORT";
        return "%s is %d, which can't be listened on: stop what does, or set another %s.".formatted(name, port, name);
    }

    /** The first sentence of each variable: what is missing to a malformed one follows from that. */
    private static Collection<String> ofSettings(ConfigValidationException invalid) {
        Map<String, String> sentences = new LinkedHashMap<>();
        IntStream.range(0, invalid.getProblemCount())
                .mapToObj(i -> invalid.getProblem(i).getMessage())
                .flatMap(StartFailure::ofSetting)
                .forEach(sentence -> sentences.putIfAbsent(firstWord(sentence), sentence));
        return sentences.values();
    }

    private static Stream<String> ofSetting(String problem) {
        var match = PROBLEM.matcher(problem);
        if (!match.matches()) {
            return Stream.of();
        }
        String key = Optional.ofNullable(match.group("key")).orElseGet(() -> match.group("unread"));
        String name = Variable.ofKey(key).orElse(key);
        String text = match.group("text");
        return text == null
                ? Stream.of(name + " has a value that can't be read.")
                : Variable.ALL.containsKey(firstWord(text)) ? text.lines() : Stream.of(name + " takes " + text + ".");
    }
}
