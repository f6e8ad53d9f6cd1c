package io.kriya.loginpage.branding;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.Deployment;
import io.kriya.loginpage.Person;
import io.kriya.oauth.Plane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sets of the login page. */
class BrandingIT {

    private static final String LIGHT = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"/>";
    private static final String DARK = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2\"/>";

    @TempDir
    private static Path folder;

    @AutoClose
    private static Deployment kriya;

    /** Service and client have one name. */
    @AutoClose
    private static Deployment one;

    @BeforeAll
    static void twoOperatorsSetIt() throws IOException {
        Map<String, String> settings = new HashMap<>(Api.CLIENT);
        settings.putAll(Map.of(
                "OAUTH_CLIENT_NAME", "Plane <&> Co",
                "LOGIN_NAME", "Example ID",
                "LOGIN_LOGO",
                        Files.writeString(folder.resolve("light.svg"), LIGHT).toString(),
                "LOGIN_LOGO_DARK",
                        Files.writeString(folder.resolve("dark.svg"), DARK).toString(),
                "LOGIN_TERMS_URL", "https://example.com/terms?a=b&c=d",
                "LOGIN_PRIVACY_URL", "https://example.com/privacy",
                "LOGIN_HELP_URL", "mailto:help@example.com"));
        kriya = Deployment.start(1, settings);
        settings = new HashMap<>(Api.CLIENT);
        settings.putAll(Map.of("OAUTH_CLIENT_NAME", "Plane", "LOGIN_NAME", "Plane"));
        one = Deployment.start(1, settings);
    }

    private static String page(Deployment kriya) {
        return new Person(kriya).open(Plane.query(Plane.state())).page();
    }

    @Test
    void whoLogsInReadsWhichClientTheyContinueTo() {
        assertThat(page(kriya))
                .contains(
                        "<h1>Log in to continue to Plane &lt;&amp;&gt; Co</h1>",
                        "<title>Log in to continue to Plane &lt;&amp;&gt; Co – Example ID</title>");
    }

    @Test
    void aNameThatIsBothTheServicesAndTheClientsIsShownOnce() {
        assertThat(page(one))
                .contains("<h1>Log in</h1>", "<title>Log in – Plane</title>", ">Plane</span>")
                .doesNotContain("to Plane", "<footer>", "<picture>");
    }

    @Test
    void aLogoIsShownInPlaceOfTheNameAndAnotherOneInTheDark() {
        String page = page(kriya);
        assertThat(page)
                .containsPattern("<source srcset=\"/oauth/assets/logo-dark\\?v=[0-9a-f]{12}\""
                        + " media=\"\\(prefers-color-scheme: dark\\)\">")
                .containsPattern("<img src=\"/oauth/assets/logo\\?v=[0-9a-f]{12}\" alt=\"Example ID\"")
                .doesNotContain(">Example ID</span>");
        assertThat(kriya.one().get("/oauth/assets/logo").body()).isEqualTo(LIGHT);
        assertThat(kriya.one().get("/oauth/assets/logo-dark").body()).isEqualTo(DARK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id=plane",
                "client_id=x",
                "redirect_uri=https://evil.example.com",
                "client_id=x&client_id=x"
            })
    void everyDeadEndHasAWayBackAndAContact(String query) {
        var page = new Person(kriya).open(query);
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.page())
                .contains(
                        "<a href=\"https://plane.example.com/\">Back to Plane &lt;&amp;&gt; Co</a>",
                        "<a href=\"mailto:help@example.com\">Help</a>")
                .doesNotContain("evil");
    }

    @Test
    void everyStepLinksToTermsPrivacyAndHelp() {
        String number = Deployment.number();
        var person = new Person(kriya).open(Plane.query(Plane.state()));
        assertThat(person.page()).satisfies(BrandingIT::hasLinks);
        assertThat(person.submit("", "phone_number", number).page()).satisfies(BrandingIT::hasLinks);
        assertThat(person.submit("/code", "code", kriya.codeOf(number)).page()).satisfies(BrandingIT::hasLinks);
    }

    private static void hasLinks(String page) {
        assertThat(page)
                .contains(
                        "<a href=\"https://example.com/terms?a=b&amp;c=d\">Terms</a>",
                        "<a href=\"https://example.com/privacy\">Privacy</a>",
                        "<a href=\"mailto:help@example.com\">Help</a>");
    }
}
