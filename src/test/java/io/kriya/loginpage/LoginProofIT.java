package io.kriya.loginpage;

import static io.kriya.Deployment.number;
import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Browser;
import io.kriya.Deployment;
import io.kriya.oauth.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proofs of work on the login page, with a script that solves the puzzle and without scripts. */
class LoginProofIT {

    private static final String CALLBACK = "/auth/gitlab/callback/";

    @AutoClose
    private static Door door;

    @AutoClose
    private static Site plane;

    @AutoClose
    private static Deployment kriya;

    @AutoClose
    private static Browser browser;

    @BeforeAll
    static void twoReplicasRun() throws IOException {
        browser = Browser.start();
        door = new Door();
        plane = new Site("Plane");
        Map<String, String> settings = new LinkedHashMap<>(Api.CLIENT);
        settings.putAll(kriyaOf(door, plane));
        kriya = Deployment.start(2, settings);
        door.openTo(kriya.replicas);
    }

    private static Map<String, String> kriyaOf(Door door, Site plane) {
        return Map.of(
                "OAUTH_REDIRECT_URIS",
                plane.url(CALLBACK),
                "PUBLIC_URL",
                door.url(),
                "PHONE_DEFAULT_REGION",
                "US",
                "PROOF_OF_WORK",
                "always");
    }

    @BeforeEach
    void nobodyHasBeenHere() {
        browser.forget();
        browser.consoleErrors();
    }

    private static String query() {
        var request = Plane.request(Plane.state());
        request.put("redirect_uri", plane.url(CALLBACK));
        return Plane.encode(request);
    }

    private static Person stranger() {
        return new Person(kriya).open(query());
    }

    @Test
    void aScriptSolvesThePuzzleAndSubmitsTheNumber() {
        String number = number();
        browser.open(door.url() + "/oauth/authorize?" + query());
        browser.type("phone_number", number);
        browser.element("form button").click();
        await().until(() -> browser.title().startsWith("Enter the code"));
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        assertThat(browser.consoleErrors()).allMatch(error -> error.contains("429"));
    }

    @Test
    void aScriptSolvesThePuzzleAndSendsTheCodeAgain() {
        String number = number();
        browser.open(door.url() + "/oauth/authorize?" + query());
        browser.type("phone_number", number);
        browser.element("form button").click();
        await().until(() -> browser.title().startsWith("Enter the code"));
        kriya.coolDown();
        kriya.database.execute("update challenges set resend_at = now() where phone_number = '" + number + "'");
        browser.reload();
        browser.element(".resend button").click();
        await().until(() -> browser.text().contains("We sent a new message"));
        assertThat(kriya.messagesTo(number)).isEqualTo(2);
    }

    @Test
    void aPageWithoutScriptsWaitsThirtySecondsAndSaysSo() {
        String number = number();
        String ofApi =
                stranger().submit("", "phone_number", number()).hidden("").get("proof_of_work");
        Person person = stranger().submit("", "phone_number", number);
        assertThat(person.status()).isEqualTo(429);
        assertThat(person.page()).contains("wait 30 seconds, then press the button again");
        Map<String, String> waiting = person.withHidden("", "phone_number", number);
        String action = person.action("");
        // Whoever presses it too early goes on waiting.
        person.submit("", "phone_number", number);
        assertThat(person.status()).isEqualTo(429);
        assertThat(person.hidden("")).containsEntry("proof_of_work", waiting.get("proof_of_work"));
        assertThat(kriya.messagesTo(number)).isZero();

        await().until(() -> person.post(action, waiting).path().endsWith("/code"));
        assertThat(kriya.messagesTo(number)).isEqualTo(1);
        // Only the page waits.
        assertThat(kriya.register(number(), "Proof-Of-Work", ofApi).statusCode())
                .isEqualTo(429);
        Person other = stranger();
        var used = other.withHidden("", "phone_number", number());
        used.put("proof_of_work", waiting.get("proof_of_work"));
        assertThat(other.post(other.action(""), used).status()).isEqualTo(429);
    }

    @Test
    void theExampleInTheDocumentationSolvesAPuzzle() throws IOException {
        var example =
                Pattern.compile("```js\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("docs/api.md")));
        assertThat(example.find()).isTrue();
        assertThat(example.group(1).lines().count()).isLessThanOrEqualTo(10);
        String number = number();
        var puzzle = Deployment.json(kriya.register(number)).getMap("proof_of_work");
        browser.open(door.url() + "/oauth/authorize?" + query());
        Object solution = browser.run(example.group(1)
                + "return solve({challenge: '%s', iterations: %s, prefix: '%s'});"
                        .formatted(puzzle.get("challenge"), puzzle.get("iterations"), puzzle.get("prefix")));
        assertThat(kriya.register(number, "Proof-Of-Work", (String) solution).statusCode())
                .isEqualTo(202);
    }
}
