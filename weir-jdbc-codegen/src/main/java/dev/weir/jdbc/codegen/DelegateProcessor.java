package dev.weir.jdbc.codegen;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;

/**
 * Answers {@link GenerateDelegate}: for each interface, one abstract class that forwards every method to the driver's object.
 *
 * <p>The interfaces are read as the compiler sees them under {@code --release}, so every JDK generates the same source.
 */
public final class DelegateProcessor extends AbstractProcessor {

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return Set.of(GenerateDelegate.class.getName());
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element annotated : round.getElementsAnnotatedWith(GenerateDelegate.class)) {
            PackageElement home = (PackageElement) annotated;
            for (TypeElement jdbc : interfacesOf(home)) {
                write(new DelegateSource(jdbc, home), home);
            }
        }
        return false;
    }

    private void write(DelegateSource source, PackageElement home) {
        try {
            source.file().writeTo(processingEnv.getFiler());
        } catch (IOException e) {
            processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, "cannot write a delegate: " + e, home);
        }
    }

    private static List<TypeElement> interfacesOf(PackageElement home) {
        return home.getAnnotationMirrors().stream()
                .filter(mirror ->
                        mirror.getAnnotationType().toString().equals(GenerateDelegate.class.getCanonicalName()))
                .flatMap(mirror -> mirror.getElementValues().values().stream())
                .flatMap(DelegateProcessor::members)
                .map(member -> (TypeElement) ((DeclaredType) (TypeMirror) member.getValue()).asElement())
                .toList();
    }

    @SuppressWarnings("unchecked") // an annotation's array is a list of values, says AnnotationValue
    private static Stream<? extends AnnotationValue> members(AnnotationValue array) {
        return ((List<? extends AnnotationValue>) array.getValue()).stream();
    }
}
