package io.kriya.loginpage.view;

import io.quarkus.qute.EvalContext;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/**
 * Fails a template that only Qute's reflection could resolve: it would work on a JVM and fail in the native binary. A
 * type that a template uses needs {@link io.quarkus.qute.TemplateData}.
 */
@Singleton
class ReflectionGuard implements ValueResolver {

    private final ReflectionValueResolver reflection = new ReflectionValueResolver();

    /** After the generated resolvers, before the reflective one. */
    @Override
    public int getPriority() {
        return reflection.getPriority() + 1;
    }

    @Override
    public boolean appliesTo(EvalContext context) {
        return reflection.appliesTo(context);
    }

    /** @throws TemplateException always */
    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        throw new TemplateException("Only reflection finds \"%s\" in %s"
                .formatted(context.getName(), context.getBase().getClass().getName()));
    }
}
