package io.podwire.testkit;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;

/// Puts calls of [CrashPoint#passed] into the classes that have crash points.
final class CrashWeaving {
    private static final ClassDesc CRASH_POINT = ClassDesc.of(CrashPoint.class.getName());
    private static final MethodTypeDesc PASSED =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_Object);

    private CrashWeaving() {}

    /// The class with its crash points; null, as the JVM wants it, where it has none.
    @SuppressWarnings("NullAway") // the JVM's own convention for a class that stays as it is
    static byte[] woven(String type, byte[] bytes, ClassLoader loader) {
        List<CrashPoint> points = CrashPoint.of(type);
        if (points.isEmpty()) {
            return null;
        }
        ClassFile file =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(loader)
                                        .orElse(ClassHierarchyResolver.defaultResolver())));
        return file.transformClass(file.parse(bytes), weaving(points));
    }

    private static ClassTransform weaving(List<CrashPoint> points) {
        return (type, element) -> {
            if (element instanceof MethodModel method && method.code().isPresent()) {
                type.transformMethod(
                        method, MethodTransform.transformingCode(code(points, method)));
            } else {
                type.with(element);
            }
        };
    }

    private static CodeTransform code(List<CrashPoint> points, MethodModel method) {
        List<CrashPoint> here =
                points.stream()
                        .filter(point -> method.methodName().equalsString(point.method()))
                        .toList();
        return new CodeTransform() {
            @Override
            public void atStart(CodeBuilder builder) {
                pass(builder, CrashPoint.Place.ENTRY);
            }

            @Override
            public void accept(CodeBuilder builder, CodeElement element) {
                if (element instanceof ReturnInstruction) {
                    pass(builder, CrashPoint.Place.EXIT);
                }
                builder.with(element);
            }

            private void pass(CodeBuilder builder, CrashPoint.Place place) {
                here.stream()
                        .filter(point -> point.place() == place)
                        .forEach(point -> call(builder, point, method));
            }
        };
    }

    private static void call(CodeBuilder builder, CrashPoint point, MethodModel method) {
        builder.loadConstant(point.name());
        MethodTypeDesc signature = method.methodTypeSymbol();
        if (signature.parameterCount() > 0 && !signature.parameterType(0).isPrimitive()) {
            builder.aload(method.flags().has(AccessFlag.STATIC) ? 0 : 1);
        } else {
            builder.aconst_null();
        }
        builder.invokestatic(CRASH_POINT, "passed", PASSED);
    }
}
