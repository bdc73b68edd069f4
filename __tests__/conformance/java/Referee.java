import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.MachineComplexityEvaluator;
import software.amazon.event.ruler.Ruler;

/**
 * Asks event-ruler. Reads one JSON object a line from standard input and answers each with one line, in order:
 *
 * {"command":"judge","repeats":2,"cases":[{"pattern":"…","events":["…"]}]}
 *   -> {"answers":[{"refused":"…"} or {"matches":[true],"unstable":false,"compilerSays":"…" or null}]}
 * {"command":"compare", …} as judge, with "matchesRule" and "arrayConsistent" beside "matches"
 * {"command":"complexity","cap":100,"patterns":["…"]}
 *   -> {"answers":[12]}, -1 for what is refused
 * {"command":"together","patterns":["…","…"],"events":["…"]}
 *   -> {"answers":[[0,1]]}: for each event the numbers of the patterns that match, all of them in one machine
 * {"command":"bench","patterns":["…"],"events":["…"],"seconds":2}
 *   -> {"events":12,"matches":3,"seconds":2.01,"eventsPerSecond":…}
 *
 * Patterns and events are JSON text within JSON strings, so that every spelling arrives as it was written.
 */
public final class Referee {
    // In ASCII, since some readers take U+2028 for the end of a line.
    private static final ObjectMapper JSON =
            new ObjectMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());
    private static final String RULE = "rule";

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16);
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16);
        send(out, JSON.createObjectNode().put("java", System.getProperty("java.version")));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            send(out, answer(JSON.readTree(line)));
        }
    }

    private static void send(BufferedWriter out, ObjectNode answer) throws Exception {
        out.write(JSON.writeValueAsString(answer));
        out.write('\n');
        out.flush();
    }

    private static ObjectNode answer(JsonNode request) {
        String command = request.get("command").asText();
        try {
            return switch (command) {
                case "judge", "compare" -> judge(request, command.equals("compare"));
                case "complexity" -> complexity(request);
                case "together" -> together(request);
                case "bench" -> bench(request);
                default -> throw new IllegalArgumentException("no such command: " + command);
            };
        } catch (Exception error) {
            return JSON.createObjectNode().put("error", error.toString());
        }
    }

    private static ObjectNode judge(JsonNode request, boolean compare) {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode answers = result.putArray("answers");
        int repeats = request.path("repeats").asInt(1);
        for (JsonNode question : request.get("cases")) {
            String pattern = question.get("pattern").asText();
            List<String> events = texts(question.get("events"));
            ObjectNode answer = judge(pattern, events, repeats);
            if (compare && answer.has("matches")) {
                fill(answer.putArray("matchesRule"), events, event -> Ruler.matchesRule(event, pattern));
                Machine machine = Machine.builder().withStructuredMatching(false).build();
                try {
                    machine.addRule(RULE, pattern);
                    fill(answer.putArray("arrayConsistent"), events, event -> hit(machine, event));
                } catch (Exception error) {
                    answer.put("arrayConsistent", error.toString());
                }
            }
            answers.add(answer);
        }
        return result;
    }

    /** States are kept in sets by identity, so now and then the same question has two answers: hence the repeats. */
    private static ObjectNode judge(String pattern, List<String> events, int repeats) {
        ObjectNode first = judgeOnce(pattern, events);
        boolean unstable = false;
        for (int i = 1; i < repeats && !unstable; i++) {
            unstable = !first.path("matches").equals(judgeOnce(pattern, events).path("matches"));
        }
        if (unstable) first.put("unstable", true);
        // addRule asks an older compiler when the first refuses: the older one's words are the less to the point.
        String words = JsonRuleCompiler.check(pattern);
        if (words == null) return first;
        return first.put(first.has("matches") ? "compilerSays" : "refused", firstLine(words));
    }

    private static ObjectNode judgeOnce(String pattern, List<String> events) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            Machine machine = Machine.builder().build();
            machine.addRule(RULE, pattern);
            fill(answer.putArray("matches"), events, event -> hit(machine, event));
        } catch (Exception | StackOverflowError refusal) {
            answer.put("refused", message(refusal));
        }
        return answer;
    }

    private static boolean hit(Machine machine, String event) throws Exception {
        return !machine.rulesForJSONEvent(event).isEmpty();
    }

    private static String message(Throwable error) {
        return error.getMessage() == null ? error.getClass().getSimpleName() : firstLine(error.getMessage());
    }

    private static String firstLine(String text) {
        return text.split("\n", 2)[0];
    }

    private interface Judge {
        boolean matches(String event) throws Exception;
    }

    private static void fill(ArrayNode into, List<String> events, Judge judge) {
        for (String event : events) {
            try {
                into.add(judge.matches(event));
            } catch (Exception | StackOverflowError error) {
                into.add(message(error));
            }
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static ObjectNode complexity(JsonNode request) {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode answers = result.putArray("answers");
        MachineComplexityEvaluator evaluator = new MachineComplexityEvaluator(request.get("cap").asInt());
        for (String pattern : texts(request.get("patterns"))) {
            try {
                Machine machine = Machine.builder().build();
                machine.addRule(RULE, pattern);
                answers.add(machine.evaluateComplexity(evaluator));
            } catch (Exception refusal) {
                answers.add(-1);
            }
        }
        return result;
    }

    private static ObjectNode together(JsonNode request) throws Exception {
        Machine machine = Machine.builder().build();
        int number = 0;
        for (String pattern : texts(request.get("patterns"))) machine.addRule(String.valueOf(number++), pattern);
        ObjectNode result = JSON.createObjectNode();
        ArrayNode answers = result.putArray("answers");
        for (String event : texts(request.get("events"))) {
            ArrayNode matched = answers.addArray();
            for (String rule : machine.rulesForJSONEvent(event)) matched.add(Integer.parseInt(rule));
        }
        return result;
    }

    private static ObjectNode bench(JsonNode request) throws Exception {
        // Parsed before the clock runs, as what is measured beside it.
        List<JsonNode> events = new ArrayList<>();
        for (String event : texts(request.get("events"))) events.add(JSON.readTree(event));
        if (events.isEmpty()) throw new IllegalArgumentException("no events");
        Machine machine = Machine.builder().build();
        int number = 0;
        for (String pattern : texts(request.get("patterns"))) machine.addRule("rule " + number++, pattern);
        double seconds = request.get("seconds").asDouble();
        run(machine, events, seconds / 2);
        return run(machine, events, seconds);
    }

    /** Whole rounds over the events until the time is over; `matches` is those of one round. */
    private static ObjectNode run(Machine machine, List<JsonNode> events, double seconds) throws Exception {
        long start = System.nanoTime();
        long rounds = 0;
        long matches = 0;
        double elapsed;
        do {
            matches = 0;
            for (JsonNode event : events) matches += machine.rulesForJSONEvent(event).size();
            rounds++;
            elapsed = (System.nanoTime() - start) / 1e9;
        } while (elapsed < seconds);
        long judged = rounds * events.size();
        return JSON.createObjectNode().put("events", judged).put("matches", matches).put("seconds", elapsed)
                .put("eventsPerSecond", judged / elapsed);
    }
}
