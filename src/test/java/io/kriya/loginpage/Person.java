package io.kriya.loginpage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Deployment;
import io.kriya.KriyaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser without scripts, whose every request goes to the other replica than the one before. */
public final class Person {

    private static final Pattern FORM =
            Pattern.compile("<form[^>]* action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([a-z_]+)\" value=\"([^\"]*)\"");

    private final Deployment kriya;
    private final String prefix;
    private final String address = Deployment.address();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private String language = "en";
    private int requests;
    private HttpResponse<String> last;

    public Person(Deployment kriya) {
        this(kriya, "");
    }

    /** Behind a proxy that passes on whatever comes below this path, as it comes. */
    public Person(Deployment kriya, String prefix) {
        this.kriya = kriya;
        this.prefix = prefix;
    }

    /** The same browser in another tab. */
    public Person tab() {
        var tab = new Person(kriya, prefix);
        tab.cookies.putAll(cookies);
        return tab;
    }

    public Person reading(String tag) {
        language = tag;
        return this;
    }

    public String address() {
        return address;
    }

    /** Comes from Plane. */
    public Person open(String query) {
        return get(prefix + "/oauth/authorize?" + query);
    }

    public Person get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET(), true);
    }

    public Person reload() {
        return send(HttpRequest.newBuilder(last.uri()).GET(), true);
    }

    /** Follows a link of the page. */
    public Person follow(String end) {
        var link = Pattern.compile("href=\"([^\"]*/oauth/authorize" + end + "\\?[^\"]*)\"")
                .matcher(last.body());
        assertThat(link.find()).as(last.body()).isTrue();
        return get(unescaped(link.group(1)));
    }

    /** Follows the link to this page in another language. */
    public Person switchTo(String tag) {
        var link = Pattern.compile("href=\"([^\"]*ui_locales=" + tag + ")\"").matcher(last.body());
        assertThat(link.find()).as(last.body()).isTrue();
        return get(unescaped(link.group(1)));
    }

    /** Fills in a field of the form that leads there, and sends it. */
    public Person submit(String end, String field, String value) {
        return post(action(end), withHidden(end, field, value));
    }

    public Person press(String end) {
        return post(action(end), hidden(end));
    }

    public Map<String, String> withHidden(String end, String field, String value) {
        var fields = hidden(end);
        fields.put(field, value);
        return fields;
    }

    /** Sends whatever fields, and follows where the answer leads on Kriya's own page. */
    public Person post(String path, Map<String, String> fields) {
        return send(posting(path, fields), true);
    }

    public HttpRequest.Builder posting(String path, Map<String, String> fields) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(fields)));
    }

    /** A request of this browser to another replica, of which nothing is kept. */
    public HttpResponse<String> trying(HttpRequest.Builder request) {
        try {
            return client.send(withHeaders(request).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String action(String end) {
        return FORM.matcher(last.body())
                .results()
                .map(form -> unescaped(form.group(1)))
                .filter(action -> URI.create(action).getPath().endsWith("/oauth/authorize" + end))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no form to " + end + " in " + last.body()));
    }

    public Map<String, String> hidden(String end) {
        String form = FORM.matcher(last.body())
                .results()
                .filter(found -> URI.create(unescaped(found.group(1))).getPath().endsWith("/oauth/authorize" + end))
                .findFirst()
                .orElseThrow()
                .group(2);
        return HIDDEN.matcher(form)
                .results()
                .collect(Collectors.toMap(
                        field -> field.group(1), field -> unescaped(field.group(2)), (a, _) -> a, LinkedHashMap::new));
    }

    private Person send(HttpRequest.Builder request, boolean follows) {
        last = trying(request);
        keepCookies();
        String location = last.headers().firstValue("Location").orElse("");
        if (follows && last.statusCode() == 303) {
            assertThat(location).matches("(/kriya)?/oauth/authorize(/[a-z]+)?\\?.*");
            return get(location);
        }
        return this;
    }

    private HttpRequest.Builder withHeaders(HttpRequest.Builder request) {
        request.header("X-Forwarded-For", address).header("Accept-Language", language);
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return request;
    }

    private void keepCookies() {
        for (String cookie : last.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            if (cookie.toLowerCase(java.util.Locale.ROOT).contains("max-age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1].replace("\"", ""));
            }
        }
    }

    private URI uri(String path) {
        KriyaProcess replica = kriya.replicas.get(requests++ % kriya.replicas.size());
        return URI.create("http://127.0.0.1:" + replica.port() + path);
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    public int status() {
        return last.statusCode();
    }

    public String page() {
        return last.body();
    }

    public HttpResponse<String> answer() {
        return last;
    }

    public String path() {
        return last.uri().getPath();
    }

    /** Where the client is that they were sent back to, with all that was given. */
    public String sentBackTo() {
        assertThat(last.statusCode()).as(last.body()).isEqualTo(302);
        return last.headers().firstValue("Location").orElseThrow();
    }

    /** What the client is given of this name. */
    public String given(String field) {
        return parameter(sentBackTo(), field);
    }

    static String parameter(String url, String field) {
        var found = Pattern.compile("[?&]" + field + "=([^&]*)").matcher(url);
        assertThat(found.find()).as(url).isTrue();
        return java.net.URLDecoder.decode(found.group(1), UTF_8);
    }

    static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
