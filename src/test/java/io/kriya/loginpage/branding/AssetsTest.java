package io.kriya.loginpage.branding;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.kriya.TestSettings;
import io.kriya.loginpage.view.Language;
import io.kriya.loginpage.view.Layout;
import io.kriya.oauth.client.OAuthClient;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.DecoderConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class AssetsTest {

    @Inject
    Theme look;

    @Inject
    OAuthClient client;

    private Layout layout() {
        return new Layout(
                "", "", null, "the-token", new Language("en", "English", false), false, List.of(), look, client);
    }

    @Test
    void whatAPageLoadsIsKeptForAYear() {
        for (String url : new String[] {layout().stylesheet(), layout().script(), layout().logo()}) {
            given().urlEncodingEnabled(false)
                    .get(url)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", equalTo("public, max-age=31536000, immutable"))
                    .header("X-Content-Type-Options", equalTo("nosniff"));
            var headers = given().urlEncodingEnabled(false).get(url).headers();
            assertThat(headers.getValues("Cache-Control")).hasSize(1);
            assertThat(headers.getValues("X-Content-Type-Options")).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"login.css,text/css;charset=UTF-8", "login.js,text/javascript;charset=UTF-8", "logo,image/svg+xml"})
    void anAssetHasItsTypeAndAnotherVersionIsNotKept(String name, String type) {
        for (String version : new String[] {"", "?v=", "?v=000000000000"}) {
            given().header("Accept", "image/avif")
                    .get("/oauth/assets/" + name + version)
                    .then()
                    .statusCode(200)
                    .header("Content-Type", equalTo(type))
                    .header("Cache-Control", equalTo("no-store"))
                    .header("X-Content-Type-Options", equalTo("nosniff"));
        }
        given().head("/oauth/assets/" + name).then().statusCode(200);
        given().post("/oauth/assets/" + name).then().statusCode(405).header("Allow", equalTo("GET, HEAD, OPTIONS"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gzip, deflate, br | gzip", "br, GZIP;q=0.5 | gzip", "br | ''", "gzip;q=0, br | ''", "'' | ''"})
    void itIsCompressedForWhoTakesThat(String accepted, String encoding) throws IOException {
        var answer = given().config(RestAssuredConfig.config()
                        .decoderConfig(DecoderConfig.decoderConfig().noContentDecoders()))
                .header("Accept-Encoding", accepted)
                .get("/oauth/assets/login.css")
                .then()
                .header("Content-Encoding", encoding.isEmpty() ? nullValue() : equalTo(encoding))
                .extract()
                .response();
        assertThat(answer.headers().getValues("Vary")).contains("Accept-Encoding");
        byte[] body = answer.asByteArray();
        assertThat(encoding.isEmpty() ? body : new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
                .isEqualTo(look.stylesheet().content());
    }

    @Test
    void withoutADarkLogoThereIsNone() {
        given().get("/oauth/assets/logo-dark").then().statusCode(404);
    }

    @Test
    void theLogoDoesNothingWhereItIsOpenedByItself() {
        given().get("/oauth/assets/logo")
                .then()
                .header("Content-Security-Policy", equalTo("default-src 'none'; style-src 'unsafe-inline'; sandbox"));
        given().get("/oauth/assets/login.css").then().header("Content-Security-Policy", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"login.html", "logo.svg", "", "../application.properties"})
    void nothingElseIsServed(String name) {
        given().urlEncodingEnabled(false).get("/oauth/assets/" + name).then().statusCode(404);
    }

    @Test
    void theDescriptionOfTheApiDoesNotKnowThem() {
        assertThat(given().get("/openapi.json").asString()).doesNotContain("/oauth/assets");
    }
}
