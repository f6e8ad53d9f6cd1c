package io.kriya.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.function.BiConsumer;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * Makes the jar of {@link ReflectionAgent}. Classes of this very JDK are in it whose methods tell the agent of each
 * call that returns: made once, so that a traced JVM starts nearly as fast as another.
 */
final class AgentJar {

    /** Of the changed classes. */
    static final String FOLDER = "changed/";

    private static final ClassDesc RECORDER = ClassDesc.of(BiConsumer.class.getName());
    private static final ClassDesc HOLDER = ClassDesc.of(ReflectionAgent.HOLDER);

    /** Which methods of which classes. */
    private static final Map<Class<?>, Pattern> METHODS = methods();

    private AgentJar() {}

    private static Map<Class<?>, Pattern> methods() {
        Map<Class<?>, Pattern> methods = new LinkedHashMap<>();
        methods.put(
                Class.class,
                Pattern.compile("forName|newInstance"
                        + "|get(Declared)?(Method|Field|Constructor|Classe)s?|getRecordComponents"));
        methods.put(ClassLoader.class, Pattern.compile("getResource(s|AsStream)?"));
        methods.put(Method.class, Pattern.compile("invoke"));
        methods.put(Constructor.class, Pattern.compile("newInstance"));
        methods.put(Field.class, Pattern.compile("(get|set)(|Boolean|Byte|Char|Short|Int|Long|Float|Double)"));
        methods.put(
                MethodHandles.Lookup.class,
                Pattern.compile(
                        "find(Virtual|Static|Special|Constructor|(Static)?(Getter|Setter|VarHandle))|unreflect.*"));
        methods.put(ServiceLoader.class, Pattern.compile("load(Installed)?"));
        methods.put(Proxy.class, Pattern.compile("newProxyInstance"));
        methods.put(ResourceBundle.class, Pattern.compile("getBundle"));
        return methods;
    }

    static void make(Path jar) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ReflectionAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
        try (OutputStream file = Files.newOutputStream(jar);
                var entries = new JarOutputStream(file, manifest)) {
            put(entries, ReflectionAgent.class.getName().replace('.', '/') + ".class", bytes(ReflectionAgent.class));
            put(entries, FOLDER + ReflectionAgent.HOLDER, holder());
            for (var type : METHODS.entrySet()) {
                put(entries, FOLDER + type.getKey().getName(), changed(bytes(type.getKey()), type.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            return bytes.readAllBytes();
        }
    }

    private static byte[] holder() {
        return ClassFile.of().build(HOLDER, holder -> holder.withFlags(AccessFlag.PUBLIC)
                .withField(ReflectionAgent.FIELD, RECORDER, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC));
    }

    private static byte[] changed(byte[] bytes, Pattern names) {
        var file = ClassFile.of();
        ClassModel model = file.parse(bytes);
        return file.transformClass(model, (classes, element) -> {
            if (element instanceof MethodModel method && isTold(method, names)) {
                classes.transformMethod(method, MethodTransform.transformingCode(telling(method)));
            } else {
                classes.with(element);
            }
        });
    }

    private static boolean isTold(MethodModel method, Pattern names) {
        return method.code().isPresent()
                && method.flags().has(AccessFlag.PUBLIC)
                && names.matcher(method.methodName().stringValue()).matches();
    }

    /** Before it returns: {@code AGENT.accept(name, {this, arguments…, result})}. */
    private static CodeTransform telling(MethodModel method) {
        MethodTypeDesc type = method.methodTypeSymbol();
        boolean isStatic = method.flags().has(AccessFlag.STATIC);
        return (code, element) -> {
            if (element instanceof ReturnInstruction instruction) {
                tell(code, method.methodName().stringValue(), type, isStatic, instruction.typeKind());
            }
            code.with(element);
        };
    }

    private static void tell(CodeBuilder code, String name, MethodTypeDesc type, boolean isStatic, TypeKind result) {
        int kept = -1;
        if (result == TypeKind.REFERENCE) {
            kept = code.allocateLocal(TypeKind.REFERENCE);
            code.dup().astore(kept);
        }
        code.getstatic(HOLDER, ReflectionAgent.FIELD, RECORDER)
                .loadConstant(name)
                .loadConstant(type.parameterCount() + 2)
                .anewarray(ConstantDescs.CD_Object);
        if (!isStatic) {
            store(code, 0, code.receiverSlot());
        }
        for (int i = 0; i < type.parameterCount(); i++) {
            if (!type.parameterType(i).isPrimitive()) {
                store(code, i + 1, code.parameterSlot(i));
            }
        }
        if (kept >= 0) {
            store(code, type.parameterCount() + 1, kept);
        }
        code.invokeinterface(
                RECORDER,
                "accept",
                MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_Object));
    }

    private static void store(CodeBuilder code, int index, int slot) {
        code.dup().loadConstant(index).aload(slot).aastore();
    }
}
