package io.kriya.selfservice;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The response to what returns nothing else. */
@Schema(name = "Done")
public record Done(
        @Schema(description = "Always true.", examples = "true")
        boolean success,

        @Schema(description = "A human-readable sentence.", examples = "Session ended")
        String message) {

    static Done of(String message) {
        return new Done(true, message);
    }
}
