package io.podwire.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/// A bug in one of the worker's classes, put into its class file as it is loaded.
///
/// @param name what the bug is
/// @param type the class that has it
/// @param method the method that has it
/// @param how what is wrong with the method
/// @param shows the violations by which it may show
record PlantedBug(String name, String type, String method, How how, Set<String> shows) {
    sealed interface How {
        /// It always answers the same, and does nothing.
        record Answers(boolean value) implements How {}

        /// It does nothing.
        record DoesNothing() implements How {}

        /// It does what a static method of that name does, of a class in its package, given itself and its arguments.
        record DoesInstead(String type, String method) implements How {}

        /// One of the calls that it makes goes to a static method instead.
        record Calls(String called, String type, String method) implements How {}
    }

    boolean isIn(String name) {
        return type.equals(name);
    }

    byte[] plant(String name, byte[] original) {
        ClassFile file = ClassFile.of();
        int[] planted = {0};
        byte[] result =
                file.transformClass(
                        file.parse(original),
                        ClassTransform.transformingMethods(
                                each -> each.methodName().equalsString(method),
                                (builder, element) -> {
                                    if (element instanceof CodeModel code) {
                                        planted[0]++;
                                        builder.withCode(
                                                body ->
                                                        write(
                                                                body,
                                                                code,
                                                                code.parent().orElseThrow()));
                                    } else {
                                        builder.with(element);
                                    }
                                }));
        if (planted[0] != 1) {
            throw new IllegalStateException(
                    "%s has %d methods %s to plant a bug in".formatted(name, planted[0], method));
        }
        return result;
    }

    private void write(java.lang.classfile.CodeBuilder body, CodeModel code, MethodModel original) {
        MethodTypeDesc called = original.methodTypeSymbol();
        switch (how) {
            case How.Answers(boolean value) -> body.loadConstant(value ? 1 : 0).ireturn();
            case How.DoesNothing() -> body.return_();
            case How.DoesInstead(String other, String instead) -> {
                boolean isStatic = original.flags().has(java.lang.reflect.AccessFlag.STATIC);
                int slot = 0;
                if (!isStatic) {
                    body.aload(slot++);
                }
                for (ClassDesc parameter : called.parameterList()) {
                    TypeKind kind = TypeKind.from(parameter);
                    body.loadLocal(kind, slot);
                    slot += kind.slotSize();
                }
                MethodTypeDesc target =
                        isStatic ? called : called.insertParameterTypes(0, ClassDesc.of(type));
                body.invokestatic(ClassDesc.of(other), instead, target);
                body.return_(
                        called.returnType().equals(ConstantDescs.CD_void)
                                ? TypeKind.VOID
                                : TypeKind.from(called.returnType()));
            }
            case How.Calls(String callee, String other, String instead) -> {
                int[] calls = {0};
                CodeTransform redirected =
                        (builder, element) -> {
                            if (element instanceof InvokeInstruction call
                                    && call.name().equalsString(callee)) {
                                calls[0]++;
                                builder.invokestatic(
                                        ClassDesc.of(other),
                                        instead,
                                        SimulatedClasses.asStatic(call));
                            } else {
                                builder.with(element);
                            }
                        };
                body.transform(code, redirected);
                if (calls[0] == 0) {
                    throw new IllegalStateException(method + " does not call " + callee);
                }
            }
        }
    }
}
