package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.it.testing.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of the folder {@code deploy} agree with each other and with the server. {@link BalancerTest} runs the
 * balancers among them.
 */
class DeployedFilesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path DEPLOY = TOP.resolve("deploy");
    private static final Config SETTINGS =
            ConfigFactory.parseFile(TOP.resolve("application.conf").toFile());

    private static final Pattern VARIABLE = Pattern.compile("\\bWATCHPARTY_[A-Z_]+\\b");
    private static final Pattern PINNED = Pattern.compile("[a-z]+:\\d+\\.\\d+\\.\\d+(-[a-z]+)?");
    private static final Pattern NODE = Pattern.compile("\\bnode-\\d+:(\\d+)\\b");

    private static final Pattern SECONDS = Pattern.compile("(\\d+) ?s");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            return Stream.concat(
                    files.filter(Files::isRegularFile).toList().stream(), Stream.of(TOP.resolve("render.yaml")));
        }
    }

    static Stream<Path> manifests() throws IOException {
        return files().filter(file -> file.startsWith(DEPLOY.resolve("kubernetes")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyVariableIsASettingOfTheServer(Path file) throws IOException {
        Set<String> known = SETTINGS.entrySet().stream()
                .map(entry -> entry.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(List.of("WATCHPARTY_LOG_FORMAT", "WATCHPARTY_LOG_LEVEL"));

        assertThat(found(VARIABLE, file).stream().map(MatchResult::group)).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileOfYamlCanBeRead(Path file) {
        if (file.toString().endsWith(".yaml")) {
            assertThat(YamlFile.read(file)).isNotEmpty().allMatch(JsonNode::isObject);
        }
    }

    @Test
    void composeNamesOnlyWhatExists() {
        JsonNode compose = compose();
        JsonNode services = compose.path("services");

        assertThat(DEPLOY.resolve(services.path("node-1").path("build").textValue())
                        .resolve("Dockerfile"))
                .exists();
        for (JsonNode service : services) {
            String image = service.path("image").textValue();
            if (!service.has("build")) {
                assertThat(image).matches(PINNED);
            }
            assertThat(services.properties().stream().map(Map.Entry::getKey))
                    .containsAll(namesIn(service.path("depends_on")));
            assertThat(compose.path("networks").properties().stream().map(Map.Entry::getKey))
                    .containsAll(namesIn(service.path("networks")));
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.textValue().split(":", 2)[0];
                if (source.startsWith(".")) {
                    assertThat(DEPLOY.resolve(source)).isRegularFile();
                } else {
                    assertThat(compose.path("volumes").has(source)).as(source).isTrue();
                }
            }
        }
    }

    @Test
    void balancersAskTheNodesThatComposeStarts() throws IOException {
        Set<String> nodes = compose().path("services").properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith("node-"))
                .collect(Collectors.toSet());
        assertThat(nodes).hasSize(3);

        for (String balancer : List.of("haproxy.cfg", "nginx.conf")) {
            List<MatchResult> asked = found(NODE, DEPLOY.resolve(balancer));
            assertThat(asked.stream().map(node -> node.group().split(":", 2)[0]))
                    .as(balancer)
                    .containsAll(nodes)
                    .isSubsetOf(nodes);
            assertThat(asked.stream().map(node -> Integer.parseInt(node.group(1))))
                    .as(balancer)
                    .containsOnly(SETTINGS.getInt("watchparty.server.port"));
        }
    }

    @Test
    void composePublishesThePortOfItsBalancer() throws IOException {
        JsonNode balancer = compose().path("services").path("balancer");

        assertThat(Files.readString(DEPLOY.resolve("haproxy.cfg")))
                .contains("bind :" + balancer.path("ports").path(0).textValue().split(":", 2)[1] + "\n");
    }

    @Test
    void nodesOfComposeTrustTheirBalancerAlone() {
        JsonNode services = compose().path("services");
        String balancer = services.path("balancer")
                .path("networks")
                .path("watchparty")
                .path("ipv4_address")
                .textValue();

        assertThat(services.at("/node-1/environment/WATCHPARTY_SERVER_TRUSTED_PROXIES")
                        .textValue())
                .isEqualTo(balancer);
    }

    @Test
    void composeKillsNoNodeBeforeItHasStopped() {
        JsonNode node = compose().path("services").path("node-1");
        Duration drain = seconds(node.path("environment").path("WATCHPARTY_SERVER_DRAIN"));

        assertThat(seconds(node.path("stop_grace_period"))).isGreaterThanOrEqualTo(drain.plus(stop()));
    }

    @Test
    void kubernetesKillsNoPodBeforeItHasStopped() throws IOException {
        JsonNode pod = manifest("Deployment", "watchparty").at("/spec/template/spec");
        Duration wait = Duration.ofSeconds(Long.parseLong(
                pod.at("/containers/0/lifecycle/preStop/exec/command/1").textValue()));
        Duration drain = seconds(manifest("ConfigMap", "watchparty").at("/data/WATCHPARTY_SERVER_DRAIN"));

        assertThat(Duration.ofSeconds(pod.path("terminationGracePeriodSeconds").longValue()))
                .isGreaterThanOrEqualTo(wait.plus(drain).plus(stop()));
    }

    /** A stop takes its grace and 5 s at most. */
    private static Duration stop() {
        return SETTINGS.getDuration("watchparty.server.shutdown-grace").plusSeconds(5);
    }

    @Test
    void serviceBudgetAndSpreadChooseTheNodes() throws IOException {
        JsonNode deployment = manifest("Deployment", "watchparty");
        JsonNode labels = deployment.at("/spec/template/metadata/labels");

        assertThat(labels.size()).isPositive();
        assertThat(List.of(
                        manifest("Service", "watchparty").at("/spec/selector"),
                        manifest("PodDisruptionBudget", "watchparty").at("/spec/selector/matchLabels"),
                        deployment.at("/spec/selector/matchLabels"),
                        deployment.at("/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels")))
                .containsOnly(labels);
        JsonNode redis = manifest("StatefulSet", "redis");
        assertThat(manifest("Service", "redis").at("/spec/selector"))
                .isEqualTo(redis.at("/spec/selector/matchLabels"))
                .isEqualTo(redis.at("/spec/template/metadata/labels"));
        assertThat(redis.at("/spec/serviceName").textValue()).isEqualTo("redis");
    }

    @Test
    void podsReadTheSettingsThatTheManifestsHold() throws IOException {
        JsonNode container = manifest("Deployment", "watchparty").at("/spec/template/spec/containers/0");
        JsonNode sources = container.path("envFrom");

        JsonNode config =
                manifest("ConfigMap", sources.at("/0/configMapRef/name").textValue());
        JsonNode secret = manifest("Secret", sources.at("/1/secretRef/name").textValue());

        assertThat(config.at("/data/WATCHPARTY_STORE").textValue()).isEqualTo("redis");
        assertThat(config.path("data")).allMatch(JsonNode::isTextual);
        assertThat(secret.at("/stringData/WATCHPARTY_REDIS_URI").textValue())
                .isEqualTo("redis://%s:%d"
                        .formatted(
                                manifest("Service", "redis")
                                        .at("/metadata/name")
                                        .textValue(),
                                manifest("Service", "redis")
                                        .at("/spec/ports/0/port")
                                        .intValue()));
        assertThat(container.path("env"))
                .allMatch(variable -> variable.path("value").isTextual());
    }

    @Test
    void portsOfThePodsAreAskedByTheirNames() throws IOException {
        JsonNode container = manifest("Deployment", "watchparty").at("/spec/template/spec/containers/0");
        JsonNode service = manifest("Service", "watchparty").at("/spec/ports/0");
        String port = container.at("/ports/0/name").textValue();

        assertThat(container.at("/ports/0/containerPort").asText())
                .isEqualTo(container.at("/env/0/value").textValue());
        assertThat(service.path("targetPort").textValue()).isEqualTo(port);
        assertThat(manifest("Ingress", "watchparty")
                        .at("/spec/rules/0/http/paths/0/backend/service/port/name")
                        .textValue())
                .isEqualTo(service.path("name").textValue());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.path(probe).at("/httpGet/port").textValue())
                    .as(probe)
                    .isEqualTo(port);
        }
        assertThat(container.at("/readinessProbe/httpGet/path").textValue()).isEqualTo("/readyz");
        assertThat(container.at("/livenessProbe/httpGet/path").textValue()).isEqualTo("/healthz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Deployment", "StatefulSet"})
    void podsHaveNoRightsThatTheyDoNotNeed(String kind) throws IOException {
        JsonNode pod = manifest(kind, kind.equals("Deployment") ? "watchparty" : "redis")
                .at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");

        assertThat(pod.path("enableServiceLinks").booleanValue()).isFalse();
        assertThat(pod.path("enableServiceLinks").isBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsNonRoot").booleanValue()).isTrue();
        assertThat(container.path("readOnlyRootFilesystem").booleanValue()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").isBoolean()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").booleanValue()).isFalse();
        assertThat(container.at("/capabilities/drop/0").textValue()).isEqualTo("ALL");
    }

    @Test
    void proxiesWaitLongerThanAQuietSessionLasts() throws IOException {
        Duration quiet = SETTINGS.getDuration("watchparty.server.timeouts.ping-interval")
                .plus(SETTINGS.getDuration("watchparty.server.timeouts.ping-timeout"));
        JsonNode annotations = manifest("Ingress", "watchparty").at("/metadata/annotations");

        List<MatchResult> waits =
                new ArrayList<>(found(Pattern.compile("timeout (?:client|server) +(\\d+)s"), "haproxy.cfg"));
        waits.addAll(found(Pattern.compile("proxy_(?:read|send)_timeout +(\\d+)s"), "nginx.conf"));
        assertThat(waits).hasSize(4);
        Stream<String> inIngress = Stream.of("read", "send")
                .map(direction -> "nginx.ingress.kubernetes.io/proxy-%s-timeout".formatted(direction))
                .map(name -> annotations.path(name).textValue());
        assertThat(Stream.concat(waits.stream().map(wait -> wait.group(1)), inIngress))
                .allMatch(seconds -> Duration.ofSeconds(Long.parseLong(seconds)).compareTo(quiet) > 0);
    }

    private static Duration seconds(JsonNode text) {
        return SECONDS.matcher(text.textValue())
                .results()
                .map(match -> Duration.ofSeconds(Long.parseLong(match.group(1))))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode compose() {
        return YamlFile.read(DEPLOY.resolve("compose.yaml")).get(0);
    }

    private static JsonNode manifest(String kind, String name) throws IOException {
        return manifests()
                .flatMap(file -> YamlFile.read(file).stream())
                .filter(manifest -> manifest.path("kind").asText().equals(kind)
                        && manifest.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no manifest of %s %s".formatted(kind, name)));
    }

    /** The items of a list, or the keys of an object. */
    private static List<String> namesIn(JsonNode listOrObject) {
        return listOrObject.isArray()
                ? StreamSupport.stream(listOrObject.spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList()
                : listOrObject.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static List<MatchResult> found(Pattern pattern, String file) throws IOException {
        return found(pattern, DEPLOY.resolve(file));
    }

    private static List<MatchResult> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().toList();
    }
}
