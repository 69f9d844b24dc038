package org.maraudersmap.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What is measured. */
record Options(Duration warmUp, Duration window, List<Integer> clients, List<Integer> rates, int writers) {

    static Options parse(List<String> arguments) {
        return new Options(
                Duration.ofSeconds(Integer.parseInt(find(arguments, "--warm-up", "25"))),
                Duration.ofSeconds(Integer.parseInt(find(arguments, "--window", "10"))),
                numbers(find(arguments, "--clients", "0,100")),
                numbers(find(arguments, "--rates", "100,500")),
                Integer.parseInt(find(arguments, "--writers", "16")));
    }

    static String find(List<String> arguments, String name, String otherwise) {
        var at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }

    static List<Integer> numbers(String list) {
        return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
    }
}
