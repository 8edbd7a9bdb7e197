package dev.weir.jdbc.codegen;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Asks for one forwarding class for each of the given interfaces, in the annotated package. */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.PACKAGE)
public @interface GenerateDelegate {

    /** The interfaces to forward. */
    Class<?>[] value();
}
