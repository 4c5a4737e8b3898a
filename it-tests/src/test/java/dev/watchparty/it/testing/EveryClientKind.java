package dev.watchparty.it.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Runs a test once with each {@link ClientKind}, its argument. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(EveryClientKind.Kinds.class)
public @interface EveryClientKind {
    /**
     * All kinds; with {@link OnTwoNodes} two and with {@link InAHostedRoom} one, since stores and rules know nothing of
     * transports.
     */
    final class Kinds implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            return kinds(context.getRequiredTestClass()).map(Arguments::of);
        }

        private static Stream<ClientKind> kinds(Class<?> test) {
            if (test.isAnnotationPresent(InAHostedRoom.class)) {
                return Stream.of(ClientKind.JS_UPGRADE);
            }
            return test.isAnnotationPresent(OnTwoNodes.class)
                    ? Stream.of(ClientKind.JS_UPGRADE, ClientKind.MSGPACK_POLLING)
                    : Stream.of(ClientKind.values());
        }
    }
}
