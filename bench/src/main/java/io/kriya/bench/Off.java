package io.kriya.bench;

import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Set;

/**
 * An agent that switches methods off as their class is loaded: a filter passes the request on, a condition is false, and any
 * other method returns at once. Its arguments are a file, which gets a line for each such method, and the methods, such as
 * {@code io/kriya/http/RouteGuard.check}.
 */
public final class Off implements ClassFileTransformer {

    private static final ClassDesc CONTEXT = ClassDesc.of("io.vertx.ext.web.RoutingContext");

    private final Path file;
    private final Set<String> methods;

    private Off(Path file, Set<String> methods) {
        this.file = file;
        this.methods = methods;
    }

    /** Called by the JVM. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        List<String> parts = List.of(arguments.split(","));
        var methods = Set.copyOf(parts.subList(1, parts.size()));
        instrumentation.addTransformer(new Off(Path.of(parts.getFirst()), methods));
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (name == null || methods.stream().noneMatch(method -> method.startsWith(name + "."))) {
            return null;
        }
        return ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(bytes),
                        ClassTransform.transformingMethods(
                                method -> methods.contains(name + "." + method.methodName()), off(name)));
    }

    private MethodTransform off(String name) {
        return (builder, element) -> {
            if (element instanceof CodeModel code) {
                MethodModel method = code.parent().orElseThrow();
                builder.withCode(empty -> write(empty, method.methodTypeSymbol()));
                note(name + "." + method.methodName());
            } else {
                builder.with(element);
            }
        };
    }

    private static void write(CodeBuilder code, MethodTypeDesc type) {
        if (type.returnType().equals(CD_void)) {
            if (type.parameterList().equals(List.of(CONTEXT))) {
                code.aload(1).invokeinterface(CONTEXT, "next", MethodTypeDesc.of(CD_void));
            }
            code.return_();
        } else {
            code.iconst_0().ireturn();
        }
    }

    private void note(String method) {
        try {
            Files.writeString(file, method + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
