package dev.weir.jdbc.codegen;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.TypeVariableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Generated;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The source of one delegate.
 *
 * <p>The shape of a chain, {@code A <- B} read as "B extends A", generated classes in brackets:
 *
 * <pre>
 * [DelegatingConnection] <- LeasedConnection
 * ConnectionPart <- [DelegatingStatement] <- LeasedStatement <- [DelegatingPreparedStatement] <- LeasedPreparedStatement <- …
 * ConnectionPart <- [DelegatingResultSet] <- LeasedResultSet
 * </pre>
 */
final class DelegateSource {

    private static final ClassName NULL_UNMARKED = ClassName.get("org.jspecify.annotations", "NullUnmarked");
    private static final String SQL_EXCEPTION = "java.sql.SQLException";

    /** What a driver hands out that leads back to its connection. */
    private static final Set<String> LEADS_BACK = Set.of(
            "java.sql.Statement",
            "java.sql.PreparedStatement",
            "java.sql.CallableStatement",
            "java.sql.ResultSet",
            "java.sql.DatabaseMetaData",
            "java.sql.Array");

    /** What a caller may hand in that is one of our own wrappings. */
    private static final Set<String> MAY_BE_WRAPPED =
            Set.of("java.lang.Object", "java.lang.Object[]", "java.sql.Array");

    private final TypeElement jdbc;
    private final String name;
    private final ClassName self;

    DelegateSource(TypeElement jdbc, PackageElement home) {
        this.jdbc = jdbc;
        this.name = jdbc.getSimpleName().toString();
        this.self = ClassName.get(home.getQualifiedName().toString(), "Delegating" + name);
    }

    JavaFile file() {
        TypeSpec.Builder type = TypeSpec.classBuilder(self)
                .addModifiers(Modifier.ABSTRACT)
                .addSuperinterface(ClassName.get(jdbc))
                .addAnnotation(AnnotationSpec.builder(Generated.class)
                        .addMember("value", "$S", DelegateProcessor.class.getName())
                        .build())
                .addAnnotation(NULL_UNMARKED)
                .addAnnotation(AnnotationSpec.builder(SuppressWarnings.class)
                        .addMember("value", "{$S, $S}", "deprecation", "removal")
                        .build())
                .addJavadoc("Forwards {@link $T} to the driver's object, one guard around each call.\n", jdbc);
        if (!name.equals("Connection")) {
            type.superclass(superclass()).addMethod(constructor());
        }
        if (isRoot()) {
            hooks().forEach(type::addMethod);
        }
        ElementFilter.methodsIn(jdbc.getEnclosedElements()).stream()
                .filter(method -> !method.getModifiers().contains(Modifier.STATIC))
                .filter(method -> guardOf(method) != Guard.BY_HAND)
                .sorted(Comparator.comparing(Object::toString))
                .map(this::forward)
                .forEach(type::addMethod);
        return JavaFile.builder(self.packageName(), type.build())
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
    }

    private boolean isRoot() {
        return !name.endsWith("Statement") || name.equals("Statement");
    }

    private ClassName superclass() {
        return switch (name) {
            case "PreparedStatement" -> self.peerClass("LeasedStatement");
            case "CallableStatement" -> self.peerClass("LeasedPreparedStatement");
            default -> self.peerClass("ConnectionPart");
        };
    }

    /** Hands on what the hand-written superclass asks for. */
    private MethodSpec constructor() {
        MethodSpec.Builder constructor =
                MethodSpec.constructorBuilder().addParameter(self.peerClass("LeasedConnection"), "connection");
        return switch (name) {
            case "PreparedStatement" ->
                constructor
                        .addParameter(ClassName.get(jdbc), "raw")
                        .addStatement("super(connection, raw)")
                        .build();
            case "CallableStatement" ->
                constructor
                        .addParameter(ClassName.get(jdbc), "raw")
                        .addParameter(self.peerClass("SqlMemo").nestedClass("Entry"), "read")
                        .addStatement("super(connection, raw, read)")
                        .build();
            default -> constructor.addStatement("super(connection)").build();
        };
    }

    /** What the hand-written subclass of a root must bring. */
    private List<MethodSpec> hooks() {
        ClassName raw = ClassName.get(jdbc);
        List<MethodSpec> hooks = new ArrayList<>();
        hooks.add(opening(Guard.LIGHT.opening, raw));
        hooks.add(opening(Guard.WIRE.opening, raw));
        if (name.equals("Connection")) {
            hooks.add(abstractMethod(Guard.WIRE.closing, TypeName.VOID).build());
            ClassName failure = ClassName.bestGuess(SQL_EXCEPTION);
            hooks.add(abstractMethod("failed", failure)
                    .addParameter(failure, "cause")
                    .build());
            for (String adopted : List.of("Statement", "DatabaseMetaData", "Array")) {
                hooks.add(adopting(raw.peerClass(adopted)).build());
            }
            for (String adopted : List.of("PreparedStatement", "CallableStatement")) {
                hooks.add(adopting(raw.peerClass(adopted))
                        .addParameter(String.class, "sql")
                        .build());
            }
        }
        if (name.equals("Statement")) {
            hooks.add(opening(Guard.RUN.opening, raw));
            hooks.add(abstractMethod(Guard.RUN.opening, raw)
                    .addParameter(String.class, "sql")
                    .addException(ClassName.bestGuess(SQL_EXCEPTION))
                    .build());
            hooks.add(abstractMethod(Guard.RUN.closing, TypeName.VOID).build());
        }
        return hooks;
    }

    private static MethodSpec opening(String method, ClassName raw) {
        return abstractMethod(method, raw)
                .addException(ClassName.bestGuess(SQL_EXCEPTION))
                .build();
    }

    private static MethodSpec.Builder adopting(ClassName type) {
        return abstractMethod("adopt", type).addParameter(type, "raw").addException(ClassName.bestGuess(SQL_EXCEPTION));
    }

    private static MethodSpec.Builder abstractMethod(String method, TypeName result) {
        return MethodSpec.methodBuilder(method).addModifiers(Modifier.ABSTRACT).returns(result);
    }

    private Guard guardOf(ExecutableElement method) {
        return Guard.of(name, method.getSimpleName().toString());
    }

    private MethodSpec forward(ExecutableElement method) {
        MethodSpec.Builder built = MethodSpec.methodBuilder(
                        method.getSimpleName().toString())
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(TypeName.get(method.getReturnType()));
        method.getTypeParameters().forEach(variable -> built.addTypeVariable(TypeVariableName.get(variable)));
        method.getThrownTypes().forEach(thrown -> built.addException(TypeName.get(thrown)));
        List<String> arguments = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            // Names of our own: a compiler that reads ct.sym sees none.
            String argument = "p" + (arguments.size() + 1);
            built.addParameter(TypeName.get(parameter.asType()), argument);
            arguments.add(argument);
        }
        return built.addCode(body(method, arguments)).build();
    }

    private CodeBlock body(ExecutableElement method, List<String> arguments) {
        Guard guard = guardOf(method);
        ClassName raw = ClassName.get(jdbc);
        if (method.getThrownTypes().isEmpty()) {
            // Cannot say that the handle is closed, so it cannot mind: driver versions are told to anybody.
            return CodeBlock.builder()
                    .addStatement("return (($T) raw()).$L()", raw, method.getSimpleName())
                    .build();
        }
        boolean ownSql = guard == Guard.RUN && !arguments.isEmpty();
        CodeBlock opening = CodeBlock.of("$L($L)", guard.opening, ownSql ? "p1" : "");
        CodeBlock.Builder body = CodeBlock.builder();
        if (isRoot()) {
            body.addStatement("$T raw = $L", raw, opening);
        } else {
            body.addStatement("$T raw = ($T) $L", raw, raw, opening);
        }
        body.beginControlFlow("try");
        CodeBlock call =
                CodeBlock.of("raw.$L($L)", method.getSimpleName(), String.join(", ", handedOn(method, arguments)));
        if (method.getReturnType().getKind() == TypeKind.VOID) {
            body.addStatement("$L", call);
        } else {
            body.addStatement("return $L", adopted(method, call, arguments));
        }
        body.nextControlFlow("catch ($T e)", ClassName.bestGuess(SQL_EXCEPTION)).addStatement("throw failed(e)");
        if (!guard.closing.isEmpty()) {
            body.nextControlFlow("finally").addStatement("$L()", guard.closing);
        }
        return body.endControlFlow().build();
    }

    private static List<String> handedOn(ExecutableElement method, List<String> arguments) {
        List<String> handedOn = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String type = method.getParameters().get(i).asType().toString();
            handedOn.add(
                    MAY_BE_WRAPPED.contains(type) ? "LeasedArray.bare(" + arguments.get(i) + ")" : arguments.get(i));
        }
        return handedOn;
    }

    private CodeBlock adopted(ExecutableElement method, CodeBlock call, List<String> arguments) {
        TypeMirror result = method.getReturnType();
        if (!method.getTypeParameters().isEmpty()) {
            return CodeBlock.of("adopt($L, $L)", call, arguments.get(arguments.size() - 1));
        }
        if (name.equals("Connection") && method.getSimpleName().toString().startsWith("prepare")) {
            return CodeBlock.of("adopt($L, p1)", call);
        }
        boolean object = result.toString().equals("java.lang.Object") && !name.equals("Array");
        return LEADS_BACK.contains(result.toString()) || object ? CodeBlock.of("adopt($L)", call) : call;
    }
}
