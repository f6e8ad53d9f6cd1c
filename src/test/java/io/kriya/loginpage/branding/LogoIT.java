package io.kriya.loginpage.branding;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.KriyaProcess;
import io.kriya.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogoIT {

    private static final String SVG = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    @TempDir
    Path folder;

    @Test
    void theServicesLogoAndColorAreServed() throws IOException {
        Path logo = Files.writeString(folder.resolve("logo.svg"), SVG);
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.putAll(Api.CLIENT);
        environment.put("LOGIN_LOGO", logo.toString());
        environment.put("LOGIN_COLOR", "#aa1177");
        try (var kriya = KriyaProcess.start(environment)) {
            assertThat(kriya.get("/oauth/assets/logo").body()).isEqualTo(SVG);
            assertThat(kriya.get("/oauth/assets/login.css").body()).contains("--accent:#aa1177;--ink:#ffffff;");
            assertThat(kriya.get("/oauth/assets/login.js").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aLogoThatCannotBeReadStopsTheStart() {
        var environment = KriyaProcess.environment(TestPostgres.database());
        environment.putAll(Api.CLIENT);
        environment.put("LOGIN_LOGO", folder.resolve("none.svg").toString());
        try (var kriya = KriyaProcess.launch(environment)) {
            assertThat(kriya.awaitExit()).as(kriya.log()).isEqualTo(1);
            assertThat(kriya.log()).contains("LOGIN_LOGO takes the path of a file that can be read.");
        }
    }
}
