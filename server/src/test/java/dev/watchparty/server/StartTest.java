package dev.watchparty.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.inject.Scopes;
import com.google.inject.name.Names;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.config.ConfigurationException;
import dev.watchparty.server.identity.SharedSecret;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.session.StoreUnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the effects on a program that embeds the server: of a start that fails, and of servers that start and close in
 * any order.
 */
class StartTest {
    private static final int FAILED_STARTS = 20;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String CANNOT_BE_USED =
            "cannot be used (expected: PEM files of a pair, the key without a password)";

    @TempDir
    private static Path directory;

    private static TestingCertificate certificate;
    private static TestingCertificate another;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate = TestingCertificate.create(Files.createDirectory(directory.resolve("one")));
        another = TestingCertificate.create(Files.createDirectory(directory.resolve("two")));
    }

    /** Settings that a component finds to be wrong only when it uses them. */
    static Stream<Map<String, Object>> unusableSettings() throws Exception {
        String key = Files.readString(certificate.privateKey());
        return Stream.of(
                Map.of("watchparty.server.host", "no-such-host.invalid"),
                Map.of("watchparty.server.host", "192.0.2.1"), // belongs to no machine: RFC 5737
                tls(file("empty.pem", ""), certificate.privateKey()),
                tls(file("text.pem", "certificate"), certificate.privateKey()),
                tls(certificate.privateKey(), certificate.certificateChain()),
                tls(certificate.certificateChain(), file("empty.key", "")),
                tls(certificate.certificateChain(), file("cut.key", key.substring(0, key.length() / 2))),
                tls(certificate.certificateChain(), lockedKey()),
                tls(certificate.certificateChain(), another.privateKey()));
    }

    @ParameterizedTest
    @MethodSource("unusableSettings")
    void unusableSettingGivesOneSentenceThatNamesIt(Map<String, Object> unusable) {
        Throwable failure = catchThrowable(() -> WatchPartyServer.start(settings(unusable)));

        assertThat(failure)
                .isInstanceOf(ConfigurationException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(failure.getMessage()).doesNotContain("\n", "com.google", "Exception");
        if (unusable.containsKey("watchparty.server.host")) {
            assertThat(failure)
                    .hasMessage(
                            "watchparty.server.host: %s (expected: an address of this machine, or a name that stands for one)"
                                    .formatted(unusable.get("watchparty.server.host")));
        } else {
            assertThat(failure)
                    .hasMessageStartingWith("watchparty.server.tls: certificate ")
                    .hasMessageEndingWith(CANNOT_BE_USED);
        }
    }

    @Test
    void takenPortGivesOneSentenceThatNamesIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, Object> taken = Map.of("watchparty.server.port", other.getLocalPort());

            assertThatThrownBy(() -> WatchPartyServer.start(settings(taken)))
                    .isInstanceOf(StartException.class)
                    .hasMessageMatching("cannot listen on 127\\.0\\.0\\.1:%d: [^\n]*Address already in use"
                            .formatted(other.getLocalPort()))
                    .hasRootCauseInstanceOf(IOException.class);
        }
    }

    @Test
    @Timeout(120)
    void failedStartsLeaveNothingBehind() throws Exception {
        List<Map<String, Object>> failing = new ArrayList<>(unusableSettings().toList());
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            failing.add(Map.of("watchparty.server.port", other.getLocalPort()));
            failing.forEach(StartTest::failToStart); // creates everything that is created only once
            awaitNoThreads();
            long descriptors = descriptors();

            for (int i = 0; i < FAILED_STARTS; i++) {
                failToStart(failing.get(i % failing.size()));
            }

            awaitNoThreads();
            await().untilAsserted(() -> assertThat(descriptors()).isLessThan(descriptors + 6));
        }
        try (Stream<Path> files = Files.list(directory)) {
            // The lock's empty file stays: if it were deleted, two servers could lock two files of that name.
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("sessions") && !name.equals("sessions.lock"));
        }
    }

    @Test
    void programStartsAndClosesServersInAnyOrder() throws Exception {
        WatchPartyServer first = WatchPartyServer.start(settings(Map.of()));
        WatchPartyServer second = WatchPartyServer.start(settings(Map.of()));
        int port = first.port();

        CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(first::close);
        first.close();
        elsewhere.join();
        first.close();

        assertThat(first.port()).isEqualTo(port);
        assertThat(first.clients()).isZero();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        new Socket(InetAddress.getLoopbackAddress(), second.port()).close();
        WatchPartyServer again = WatchPartyServer.start(settings(Map.of("watchparty.server.port", port)));
        assertThat(again.port()).isEqualTo(port);

        again.close();
        second.close();
        awaitNoThreads();
    }

    @Test
    void storeThatCannotBeReachedGivesOneSentence() {
        WatchPartyServerBuilder builder = WatchPartyServer.builder()
                .settings(settings(Map.of()))
                .override(binder -> binder.bind(SharedSecret.class).toInstance(candidate -> {
                    throw new StoreUnavailableException("the store cannot be reached");
                }));

        assertThatThrownBy(builder::start).isInstanceOf(StartException.class).hasMessage("the store cannot be reached");
        awaitNoThreads();
    }

    @Test
    void partsAreClosedIfAnotherOneCannotBeCreated() {
        List<String> calls = new ArrayList<>();
        ManagedPart part = new ManagedPart() {
            @Override
            public void start() {
                calls.add("start");
            }

            @Override
            public void close() {
                calls.add("close");
            }
        };
        WatchPartyServerBuilder builder = WatchPartyServer.builder()
                .settings(settings(Map.of()))
                .override(binder -> {
                    binder.bind(ManagedPart.class)
                            .annotatedWith(Names.named("store"))
                            .toProvider(() -> part)
                            .in(Scopes.SINGLETON);
                    binder.bind(SharedSecret.class)
                            .toProvider(new FailingSecret())
                            .in(Scopes.SINGLETON);
                });

        assertThatThrownBy(builder::start).hasMessage("failed on purpose");
        assertThat(calls).containsExactly("close");
    }

    /** A part of a store that fails after another one has connected. */
    private static final class FailingSecret implements Provider<SharedSecret> {
        @Inject
        @Named("store")
        @SuppressWarnings("unused") // it must only have been created
        private ManagedPart connection;

        @Override
        public SharedSecret get() {
            return candidate -> {
                throw new IllegalStateException("failed on purpose");
            };
        }
    }

    private static void failToStart(Map<String, Object> settings) {
        assertThatThrownBy(() -> WatchPartyServer.start(settings(settings)));
    }

    private static void awaitNoThreads() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("watchparty-")));
    }

    private static long descriptors() throws Exception {
        if (!Files.exists(DESCRIPTORS)) {
            return 0; // only Linux reports it
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.count();
        }
    }

    private static Map<String, Object> tls(Path chain, Path key) {
        return Map.of(
                "watchparty.server.tls.enabled", true,
                "watchparty.server.tls.certificate-chain", chain.toString(),
                "watchparty.server.tls.private-key", key.toString());
    }

    private static Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    /** The key, encrypted with a password. */
    private static Path lockedKey() throws Exception {
        String base64 = Files.readString(certificate.privateKey()).replaceAll("-----[A-Z ]+-----", "");
        byte[] key = Base64.getMimeDecoder().decode(base64);
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("password".toCharArray())),
                new PBEParameterSpec(new byte[8], 1000));
        byte[] locked = new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key)).getEncoded();
        return file(
                "locked.key",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n%s\n-----END ENCRYPTED PRIVATE KEY-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(locked)));
    }

    private static Config settings(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "watchparty.server.host",
                "127.0.0.1",
                "watchparty.server.port",
                0,
                "watchparty.pages.enabled",
                false,
                "watchparty.recovery.file",
                directory.resolve("sessions").toString()));
        all.putAll(settings);
        return ConfigFactory.parseMap(all);
    }
}
