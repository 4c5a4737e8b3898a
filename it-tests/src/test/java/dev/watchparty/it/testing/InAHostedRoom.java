package dev.watchparty.it.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the tests of a class in a room that a host has created, locked and filled with others ({@link TestingHostedRoom}):
 * {@link TestingParty} leads all clients there that name no room, and {@link EveryClientKind} stands for one kind.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InAHostedRoom {}
