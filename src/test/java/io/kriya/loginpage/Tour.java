package io.kriya.loginpage;

import static io.kriya.Deployment.number;
import static io.kriya.Deployment.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Browser;
import io.kriya.Deployment;
import io.kriya.TestPostgres.Database;
import io.kriya.sms.FakeGateway.Behaviour;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.openqa.selenium.Keys;

/** Everything that the login page can show, one after the other, in the language of a browser. */
final class Tour {

    private final Deployment kriya;
    private final Browser browser;
    private final Properties words = new Properties();
    private final boolean isLong;
    private final Look look;

    /** What is done at each stop. */
    interface Look {
        void at(String stop);
    }

    /** @param isLong whether every reason of a refused number is shown */
    Tour(Deployment kriya, Browser browser, String language, boolean isLong, Look look) throws IOException {
        this.isLong = isLong;
        this.kriya = kriya;
        this.browser = browser;
        this.look = look;
        try (var file =
                Files.newBufferedReader(Path.of("src/main/resources/messages/login_" + language + ".properties"))) {
            words.load(file);
        }
        // The page waits, as without HTTPS, instead of going on by itself.
        browser.runOnEveryPage("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})");
    }

    /** Begins at the number. */
    void goRound(String url) {
        String number = number();
        browser.open(url);
        stop("numberLabel");
        send("phone_number", "");
        stop("numberEmpty");
        refuse("numberTooShort", "12");
        if (isLong) {
            refuse("numberInvalid", "Ada");
            refuse("numberTooLong", "+12025550142142142");
            refuse("numberOfNoCountry", "+999 123 456 789");
            refuse("numberUnknown", "+1 200 555 0142");
            refuse("numberFixedLine", "+44 20 7946 0958");
            refuse("numberNotMobile", "+1 800 555 0199");
        }
        whileTheGatewayAnswers(Behaviour.INVALID_PHONE_NUMBER, () -> send("phone_number", number()));
        stop("numberUnreachable");
        whileTheGatewayAnswers(Behaviour.REJECTED, () -> send("phone_number", number()));
        stop("smsRejected");
        whileLimitsFillUp(() -> send("phone_number", number));
        stop("proofRequired");
        whileAllIsLimited("26 hours", () -> send("phone_number", number));
        stop("limitedFor");
        send("phone_number", number);
        stop("codeLabel");
        browser.awaitPageAfter(() -> browser.run("document.querySelector('form.resend').submit()"));
        stop("tooEarlyFor");
        send("code", "12");
        stop("codeMalformed");
        send("code", wrong(kriya.codeOf(number)));
        stop("codeWrong");
        whileAllIsLimited("400 days", () -> send("code", wrong(kriya.codeOf(number))));
        stop("codeOver");
        browser.open(url.replace("?", "/code?"));
        challenges(number, "resend_at = now()");
        browser.reload();
        stop("resend");
        whileTheGatewayAnswers(Behaviour.RATE_LIMITED, () -> press(".resend button"));
        stop("smsUnavailable");
        press(".resend button");
        stop("sentAgain");
        challenges(number, "resend_at = expires_at");
        browser.reload();
        stop("resendOver");
        String code = kriya.codeOf(number);
        send("code", code);
        stop("nameLabel");
        send("name", "");
        stop("nameEmpty");
        send("name", "A".repeat(101));
        stop("nameTooLong");
        send("name", "\u2800");
        stop("nameInvalid");
        whileTheDatabaseIsLost(() -> send("name", "Ada"));
        stop("outageText");
        browser.open(url);
        challenges(number, "expires_at = now()");
        browser.open(url.replace("?", "/code?"));
        stop("codeOver");
        whileTheDatabaseIsBroken(() -> send("phone_number", number()));
        stop("faultText");
        press(".again a");
        browser.forget();
        send("phone_number", number);
        stop("expiredText");
        browser.open(url.replace("client_id=", "client_id=un"));
        stop("clientUnknown");
        browser.open(url.replace("redirect_uri=http", "redirect_uri=https"));
        stop("redirectUnknown");
        browser.open(url + "&client_id=again");
        stop("requestInvalid");
    }

    /** By the keyboard: on a slow machine the check of the page would move the button before it is clicked. */
    private void refuse(String words, String number) {
        browser.type("phone_number", number);
        browser.awaitPageAfter(() -> browser.keys(Keys.ENTER));
        stop(words);
    }

    private void stop(String words) {
        // What is in between may differ.
        String[] fixed = this.words.getProperty(words).split("\\{[^}]*}");
        for (String part : fixed) {
            assertThat(browser.text()).as(words).contains(part.strip());
        }
        look.at(words);
    }

    private void send(String field, String text) {
        if (field.equals("code") && text.length() == 6) {
            browser.awaitPageAfter(() -> browser.type(field, text));
            return;
        }
        browser.type(field, text);
        press("form button");
    }

    private void press(String css) {
        browser.awaitPageAfter(() -> browser.element(css).click());
    }

    private void challenges(String number, String change) {
        kriya.coolDown();
        kriya.database.execute("update challenges set " + change + " where phone_number = '" + number + "'");
    }

    private void whileTheGatewayAnswers(Behaviour behaviour, Runnable action) {
        kriya.gateway.respondWith(behaviour);
        action.run();
        kriya.gateway.respondWith(Behaviour.SUCCESS);
    }

    private void whileAllIsLimited(String more, Runnable action) {
        kriya.database.execute("update limits set paid_at = paid_at + interval '" + more + "'");
        kriya.coolDown();
        action.run();
        kriya.database.execute("delete from limits");
    }

    /** The address has used more than half of its limit, which is that of a day. */
    private void whileLimitsFillUp(Runnable action) {
        kriya.database.execute("update limits set paid_at = now() + interval '14 hours'");
        action.run();
        kriya.database.execute("update limits set paid_at = now()");
    }

    private void whileTheDatabaseIsLost(Runnable action) {
        var admin = new Database(kriya.database.port(), "postgres");
        String name = kriya.database.name();
        admin.execute("alter database " + name + " allow_connections false");
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        action.run();
        admin.execute("alter database " + name + " allow_connections true");
    }

    private void whileTheDatabaseIsBroken(Runnable action) {
        kriya.database.execute("alter table challenges rename to lost");
        action.run();
        kriya.database.execute("alter table lost rename to challenges");
    }
}
