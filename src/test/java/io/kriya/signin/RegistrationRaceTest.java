package io.kriya.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.kriya.Api;
import io.kriya.TestSettings;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;

@QuarkusTest
@WithTestResource(value = TestSettings.class, scope = TestResourceScope.GLOBAL)
class RegistrationRaceTest {

    @RepeatedTest(5)
    void ofTwentyFirstRegistrationsOfOneNumberAtOnceOneRegistersAndAllSucceed() throws Exception {
        String number = Api.number();
        List<Response> answers = atOnce(Collections.nCopies(20, number));
        assertOnePerson(number, answers);
    }

    @RepeatedTest(3)
    void ofAHundredRegistrationsOfTenNumbersAtOnceEachNumberBecomesOnePerson() throws Exception {
        List<String> numbers = Stream.generate(Api::number).limit(10).toList();
        var mixed = new ArrayList<String>();
        numbers.forEach(number -> mixed.addAll(Collections.nCopies(10, number)));
        Collections.shuffle(mixed);
        var answers = atOnce(mixed).stream()
                .collect(Collectors.groupingBy(answer -> answer.<String>path("user.phone_number")));
        assertThat(answers).containsOnlyKeys(numbers);
        answers.forEach(RegistrationRaceTest::assertOnePerson);
    }

    private static void assertOnePerson(String number, List<Response> answers) {
        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers)
                .extracting(answer -> answer.<String>path("user.id"))
                .containsOnly(answers.getFirst().<String>path("user.id"));
        assertThat(answers)
                .extracting(answer -> answer.<String>path("message"))
                .containsOnlyOnce("Registration successful")
                .filteredOn("Login successful"::equals)
                .hasSize(answers.size() - 1);
        assertThat(answers).extracting(answer -> answer.<String>path("token")).doesNotHaveDuplicates();
        assertThat(TestSettings.database().count("select count(*) from users where phone_number = '" + number + "'"))
                .isEqualTo(1);
    }

    private static List<Response> atOnce(List<String> numbers) throws Exception {
        var ready = new CountDownLatch(numbers.size());
        try (var threads = Executors.newFixedThreadPool(numbers.size())) {
            List<Future<Response>> answers = threads.invokeAll(numbers.stream()
                    .map(number -> (Callable<Response>) () -> {
                        ready.countDown();
                        ready.await();
                        return Api.login(number);
                    })
                    .toList());
            var all = new ArrayList<Response>();
            for (var answer : answers) {
                all.add(answer.get());
            }
            return all;
        }
    }
}
