package io.kriya.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the alerts and the dashboard ask Prometheus for. */
final class Monitoring {

    /** Words of PromQL are no metrics, nor is what stands in quotes, in ranges, in braces or in a list of labels. */
    private static final Pattern NOT_METRICS =
            Pattern.compile("\"[^\"]*\"|\\[[^\\]]*]|\\{[^}]*}|\\b(by|on|without|ignoring)\\s*\\([^)]*\\)");

    private static final Pattern NAME = Pattern.compile("\\b[a-z_]+\\b(?!\\s*\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "by", "on");

    private Monitoring() {}

    /** The expressions of a dashboard's panels. */
    static List<String> panels(ConfigMap dashboard) {
        List<String> expressions = new ArrayList<>();
        try {
            for (JsonNode panel : new ObjectMapper()
                    .readTree(dashboard.getData().get("kriya.json"))
                    .get("panels")) {
                panel.get("targets")
                        .forEach(target -> expressions.add(target.get("expr").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return expressions;
    }

    /** Every metric that an alert or a panel of this overlay reads. */
    static Set<String> metrics(Overlay overlay) {
        List<String> expressions = new ArrayList<>(panels(overlay.named(ConfigMap.class, "kriya-dashboard")));
        overlay.one(PrometheusRule.class).getSpec().getGroups().forEach(group -> group.getRules()
                .forEach(rule -> expressions.add(rule.getExpr().getStrVal())));
        Set<String> metrics = new TreeSet<>();
        for (String expression : expressions) {
            NAME.matcher(NOT_METRICS.matcher(expression).replaceAll(" "))
                    .results()
                    .map(match -> match.group())
                    .filter(name -> !OPERATORS.contains(name))
                    .forEach(metrics::add);
        }
        return metrics;
    }
}
