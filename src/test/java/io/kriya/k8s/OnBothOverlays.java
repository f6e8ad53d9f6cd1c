package io.kriya.k8s;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A test of an overlay, run on each. */
@ParameterizedTest
@MethodSource("io.kriya.k8s.Overlay#both")
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface OnBothOverlays {}
