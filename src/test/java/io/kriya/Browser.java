package io.kriya;

import static io.kriya.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium with a profile of its own, which reaches this machine and nothing else. */
public final class Browser implements AutoCloseable {

    // It warns of each Chromium that it knows no classes for; none of those is needed here. Kept, or its level would be
    // lost.
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        DEVTOOLS.setLevel(Level.SEVERE);
    }

    private static final String BUTTONS = "button, input[type=submit], a[href], [role=button]";

    private static final String AXE = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
                rules: {'target-size': {enabled: true}},
                preload: false,
                resultTypes: ['violations']
            }).then(
                results => done(results.violations.flatMap(rule => rule.nodes.map(
                    node => `${rule.id}: ${rule.help}: ${node.html}`))),
                failed => done(['axe: ' + failed]));
            """;

    private final ChromeDriver driver;
    private final Path profile;
    private final Options options;

    private Browser(ChromeDriver driver, Path profile, Options options) {
        this.driver = driver;
        this.profile = profile;
        this.options = options;
        driver.manage().timeouts().pageLoadTimeout(Patience.LIMIT).scriptTimeout(Patience.LIMIT);
        emulate();
    }

    /** As it is installed: in English, with JavaScript, in a window of 1280 by 800. */
    public static Browser start() {
        return with().start();
    }

    public static Options with() {
        return new Options();
    }

    /** What its user has chosen. */
    public static final class Options {

        private final Map<String, Object> preferences = new HashMap<>(Map.of("intl.accept_languages", "en"));
        private final List<Map<String, String>> media = new ArrayList<>();
        private int width;
        private int height;
        private boolean scripts = true;

        private Options() {}

        /** @param languages as in {@code Accept-Language}, without weights */
        public Options language(String languages) {
            preferences.put("intl.accept_languages", languages);
            return this;
        }

        public Options withoutJavaScript() {
            scripts = false;
            preferences.put("profile.managed_default_content_settings.javascript", 2);
            return this;
        }

        /** 320 by 640, with a finger. */
        public Options phone() {
            return phone(320, 640);
        }

        public Options phone(int width, int height) {
            this.width = width;
            this.height = height;
            return this;
        }

        private boolean isPhone() {
            return width > 0;
        }

        public Options dark() {
            return media("prefers-color-scheme", "dark");
        }

        /** As with Windows' contrast themes. */
        public Options forcedColors() {
            return media("forced-colors", "active");
        }

        private Options media(String name, String value) {
            media.add(Map.of("name", name, "value", value));
            return this;
        }

        /** Letters of 200 %, which pages follow that measure in rem. */
        public Options largeText() {
            preferences.put("webkit.webprefs.default_font_size", 32);
            preferences.put("webkit.webprefs.default_fixed_font_size", 26);
            return this;
        }

        public Browser start() {
            File program = program("google-chrome", "chromium");
            File service = program("chromedriver");
            Path profile;
            try {
                profile = Files.createTempDirectory("kriya-browser");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var chrome = new ChromeOptions();
            chrome.setBinary(program);
            chrome.addArguments(
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-proxy-server",
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                    "--window-size=1280,800",
                    "--user-data-dir=" + profile);
            chrome.setExperimentalOption("prefs", preferences);
            if (isPhone()) {
                chrome.setExperimentalOption(
                        "mobileEmulation",
                        Map.of(
                                "deviceMetrics",
                                Map.of("width", width, "height", height, "pixelRatio", 2, "touch", true)));
            }
            var logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            chrome.setCapability(ChromeOptions.LOGGING_PREFS, logs);
            ChromeDriver driver = null;
            try {
                driver = new ChromeDriver(
                        new ChromeDriverService.Builder()
                                .usingDriverExecutable(service)
                                .usingPort(Ports.free())
                                .build(),
                        chrome);
                return new Browser(driver, profile, this);
            } catch (RuntimeException failed) {
                if (driver != null) {
                    driver.quit();
                }
                remove(profile);
                throw failed;
            }
        }

        private static File program(String... names) {
            for (String name : names) {
                for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
                    var program = new File(folder, name);
                    if (program.canExecute()) {
                        return program;
                    }
                }
            }
            assertThat(System.getenv("CI"))
                    .as("in CI, %s has to be there", String.join(" or ", names))
                    .isNull();
            return abort(String.join(" or ", names) + " is not installed");
        }
    }

    // What is emulated is a tab's own.
    private void emulate() {
        if (!options.media.isEmpty()) {
            driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", options.media));
        }
    }

    public void open(String url) {
        driver.get(url);
    }

    public void back() {
        driver.navigate().back();
    }

    public void forward() {
        driver.navigate().forward();
    }

    public void reload() {
        driver.navigate().refresh();
    }

    public String url() {
        return driver.getCurrentUrl();
    }

    public String title() {
        return driver.getTitle();
    }

    /** What a person reads on the page. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public void awaitText(String text) {
        await("\"" + text + "\" on the page").ignoreExceptions().until(() -> text().contains(text));
    }

    public boolean has(String css) {
        return !driver.findElements(By.cssSelector(css)).isEmpty();
    }

    /** The first of these. */
    public WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** What the keyboard is at. */
    public WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** @param name what its label says, or its name in the form */
    public WebElement field(String name) {
        return named(name, "input:not([type=hidden]), select, textarea");
    }

    /** Types this instead of what the field holds. */
    public void type(String field, String text) {
        WebElement element = field(field);
        element.clear();
        element.sendKeys(text);
    }

    /** Presses a button or follows a link, and waits for the page that comes then. */
    public void press(String name) {
        WebElement button = button(name);
        awaitPageAfter(button::click);
    }

    /** The same without a pointer: goes there by the Tab key, and presses Enter. */
    public void pressByKeyboard(String name) {
        WebElement button = button(name);
        for (int i = 0; i < 100; i++) {
            if (focused().equals(button)) {
                awaitPageAfter(() -> button.sendKeys(Keys.ENTER));
                return;
            }
            keys(Keys.TAB);
        }
        throw new IllegalStateException("The Tab key does not lead to " + name);
    }

    /** Keys to whatever has the focus, for instance {@link Keys#TAB}. */
    public void keys(CharSequence... keys) {
        focused().sendKeys(keys);
    }

    /** A button or link, to look at, or to press where no other page comes of it. */
    public WebElement button(String name) {
        return named(name, BUTTONS);
    }

    /** Presses it twice, as fast as a hand does. */
    public void doubleClick(WebElement element) {
        new Actions(driver).doubleClick(element).perform();
    }

    /** Does something that another page comes of (the same anew is another), and waits for that. */
    public void awaitPageAfter(Runnable action) {
        WebElement page = element("html");
        action.run();
        await("another page").pollInterval(Duration.ofMillis(20)).until(() -> {
            try {
                page.isEnabled();
                return false;
            } catch (StaleElementReferenceException gone) {
                return true;
            }
        });
    }

    private WebElement named(String name, String css) {
        List<WebElement> all = driver.findElements(By.cssSelector(css));
        return all.stream()
                .filter(WebElement::isDisplayed)
                .filter(element ->
                        name.equals(element.getAccessibleName()) || name.equals(element.getDomAttribute("name")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("%s is none of %s on\n%s"
                        .formatted(
                                name,
                                all.stream().map(WebElement::getAccessibleName).toList(),
                                text())));
    }

    /** Opens a tab and goes there. */
    public String newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        emulate();
        return tab();
    }

    /** The tab that one is at. */
    public String tab() {
        return driver.getWindowHandle();
    }

    public void switchTo(String tab) {
        driver.switchTo().window(tab);
    }

    /** Goes into a frame of the page; the next page is outside of it again. */
    public void enterFrame(String css) {
        driver.switchTo().frame(element(css));
    }

    public void leaveFrame() {
        driver.switchTo().defaultContent();
    }

    public boolean hasScripts() {
        return options.scripts;
    }

    /** What a script says, which the page's own policy does not bind. */
    public Object run(String script) {
        return driver.executeScript(script);
    }

    /** Runs a script before those of every page that comes in this tab. */
    public void runOnEveryPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Every cookie, and whatever it has loaded. */
    public void forget() {
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
    }

    /** Those that the page is given. */
    public Set<Cookie> cookies() {
        return driver.manage().getCookies();
    }

    public Optional<Cookie> cookie(String name) {
        return Optional.ofNullable(driver.manage().getCookieNamed(name));
    }

    /** What keeps people from using the page, as far as axe finds it: a line for each rule and place. */
    public List<String> violations() {
        if (!options.scripts) {
            throw new IllegalStateException("axe is a script itself");
        }
        driver.executeScript(axe());
        return ((List<?>) driver.executeAsyncScript(AXE))
                .stream().map(Object::toString).toList();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Warnings and errors of the console since they were last asked for: what a policy blocked, what failed to load. */
    public List<String> consoleErrors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Whether the page is wider than what is seen of it. */
    public boolean isScrolledSideways() {
        Map<String, Object> metrics = driver.executeCdpCommand("Page.getLayoutMetrics", Map.of());
        // A phone shows a page that is too wide smaller, and says that it is as wide as that.
        double seen = options.isPhone() ? options.width : number(metrics, "cssLayoutViewport", "clientWidth");
        return number(metrics, "cssContentSize", "width") > seen;
    }

    private static double number(Map<String, Object> metrics, String part, String name) {
        return ((Number) ((Map<?, ?>) metrics.get(part)).get(name)).doubleValue();
    }

    /** The whole page as a PNG. */
    public void screenshot(Path file) {
        Object image = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        try {
            Files.write(file, Base64.getDecoder().decode((String) image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
        remove(profile);
    }

    private static void remove(Path folder) {
        // Some process of the browser may still be writing there.
        await("the end of the browser").ignoreExceptions().until(() -> {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
            return Files.notExists(folder);
        });
    }
}
