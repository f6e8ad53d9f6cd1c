package io.kriya.loginpage.view;

import io.quarkus.qute.EvalContext;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;

/**
 * Fails a template that only Qute's reflection could resolve. The native binary has no reflection for it, so that a JVM
 * would hide what does not work there. A type that a template uses needs {@link io.quarkus.qute.TemplateData}.
 */
@Singleton
class ReflectionGuard implements ValueResolver {

    private final ReflectionValueResolver reflection = new ReflectionValueResolver();

    /** After every generated resolver, and before the one that reflects. */
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
