package dev.watchparty.it.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the tests of a class on two nodes that share a Redis: {@link TestingParty} leads clients to them in turn, and {@link
 * EveryClientKind} stands for two kinds.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnTwoNodes {}
