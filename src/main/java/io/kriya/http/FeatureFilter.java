package io.kriya.http;

import io.kriya.error.ErrorCode;
import io.kriya.error.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.function.BooleanSupplier;

/**
 * Hides the resources that it is bound to by name (JAX-RS) while their feature is off: any request gets 404. {@link
 * Routes} finds it on them, so a subclass and its annotation are all that a feature declares.
 */
public abstract class FeatureFilter implements ContainerRequestFilter {

    private final BooleanSupplier isEnabled;

    /**
     * @param isEnabled is not called before the settings are known: filters are created while a native binary is
     * built
     */
    protected FeatureFilter(BooleanSupplier isEnabled) {
        this.isEnabled = isEnabled;
    }

    final boolean isEnabled() {
        return isEnabled.getAsBoolean();
    }

    @Override
    public final void filter(ContainerRequestContext request) {
        if (!isEnabled()) {
            throw new ProblemException(ErrorCode.NOT_FOUND);
        }
    }
}
