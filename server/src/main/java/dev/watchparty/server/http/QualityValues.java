package dev.watchparty.server.http;

import com.google.common.base.Splitter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A list of names with weights, as in {@code Accept} and {@code Accept-Encoding} (RFC 9110, section 12.4.2): weights of
 * 0 (not acceptable) to 1 (best, and the default). A name with a malformed weight is ignored.
 */
final class QualityValues {
    private static final Pattern WEIGHT = Pattern.compile("0(?:\\.\\d{0,3})?|1(?:\\.0{0,3})?");
    private static final Splitter ELEMENTS = Splitter.on(',').trimResults().omitEmptyStrings();
    private static final Splitter PARAMETERS = Splitter.on(';').trimResults();

    private final Map<String, Double> weights;

    private QualityValues(Map<String, Double> weights) {
        this.weights = weights;
    }

    /** Reads all the headers of one name as one list. */
    static QualityValues parse(List<String> headers) {
        Map<String, Double> weights = new HashMap<>();
        for (String header : headers) {
            for (String element : ELEMENTS.split(header)) {
                List<String> parts = PARAMETERS.splitToList(element.toLowerCase(Locale.ROOT));
                weight(parts.subList(1, parts.size())).ifPresent(weight -> weights.putIfAbsent(parts.get(0), weight));
            }
        }
        return new QualityValues(weights);
    }

    /** The weight of exactly this name, in lower case. */
    OptionalDouble of(String name) {
        Double weight = weights.get(name);
        return weight == null ? OptionalDouble.empty() : OptionalDouble.of(weight);
    }

    private static OptionalDouble weight(List<String> parameters) {
        for (String parameter : parameters) {
            if (parameter.startsWith("q=")) {
                String weight = parameter.substring("q=".length());
                return WEIGHT.matcher(weight).matches()
                        ? OptionalDouble.of(Double.parseDouble(weight))
                        : OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(1);
    }
}
