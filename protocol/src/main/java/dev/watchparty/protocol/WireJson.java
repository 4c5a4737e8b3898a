package dev.watchparty.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.math.BigDecimal;

/** JSON as JavaScript writes and reads it. */
public final class WireJson {
    /** The deepest nesting that is accepted. */
    public static final int MAX_DEPTH = 64;

    /** The longest number that is accepted, digits. */
    public static final int MAX_NUMBER_LENGTH = 400;

    private WireJson() {}

    /**
     * Returns a separate mapper for each caller, since mappers can be changed. It writes numbers as JavaScript prints
     * them ({@code 10}, {@code 10.5}, {@code 3.716599999999627}). It bounds the depth of its input and the length of
     * numbers.
     */
    public static ObjectMapper newMapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .build();
        SimpleModule numbers = new SimpleModule("javascript-numbers");
        numbers.addSerializer(Double.class, new NumberSerializer());
        numbers.addSerializer(double.class, new NumberSerializer());
        return new ObjectMapper(factory)
                .registerModule(numbers)
                .registerModule(new Jdk8Module())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /**
     * Returns the text that JavaScript's {@code String(number)} gives for a finite double (ECMA-262, Number::toString).
     */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("number: %s (expected: finite)".formatted(value));
        }
        if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
            return Long.toString((long) value);
        }
        double magnitude = Math.abs(value);
        BigDecimal shortest = new BigDecimal(DoubleToDecimal.toString(value)).stripTrailingZeros();
        if (magnitude >= 1e-6 && magnitude < 1e21) {
            return shortest.toPlainString();
        }
        return exponential(shortest);
    }

    private static String exponential(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        int exponent = number.precision() - number.scale() - 1;
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+")
                + exponent;
    }

    private static final class NumberSerializer extends StdSerializer<Double> {
        NumberSerializer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (Double.isFinite(value)) {
                json.writeNumber(number(value));
            } else {
                json.writeNull();
            }
        }
    }
}
