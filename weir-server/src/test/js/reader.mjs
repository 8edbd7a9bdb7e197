// Reads a text of Prometheus' and expressions over it, and says which metrics and labels are in either.
import { readFileSync } from 'node:fs';
import parseText from 'parse-prometheus-text-format';
import { parser } from '@prometheus-io/lezer-promql';

const { text, expressions } = JSON.parse(readFileSync(0, 'utf8'));

/** The names of all series, each with its labels: read without types, for the parser keeps no labels of histograms. */
function series(typed) {
  const found = {};
  for (const family of parseText(typed.replace(/^#.*$/gm, ''))) {
    for (const metric of family.metrics) {
      found[family.name] = [...new Set([...(found[family.name] ?? []), ...Object.keys(metric.labels ?? {})])];
    }
  }
  return found;
}

/** The metrics that an expression selects, each with the labels that are asked of it, or of what it is added up to. */
function selections(expression) {
  const selectors = [];
  const labels = [];
  parser.parse(expression).iterate({
    enter(node) {
      const here = expression.slice(node.from, node.to);
      if (node.type.isError) {
        throw new Error(`not an expression of PromQL at ${node.from}: ${expression}`);
      }
      if (node.name === 'VectorSelector') {
        selectors.push({ metric: here.match(/^[a-zA-Z_:][a-zA-Z0-9_:]*/)[0], from: node.from, to: node.to });
      } else if (node.name === 'LabelName') {
        labels.push({ label: here, from: node.from, within: enclosing(node.node) });
      }
    },
  });
  return {
    expression,
    selections: selectors.map(({ metric, from, to }) => ({
      metric,
      labels: labels
        .filter(({ within }) => within.from <= from && to <= within.to)
        .map(({ label }) => label),
    })),
  };
}

/** What a label belongs to: a selector, or the aggregation that groups by it. */
function enclosing(node) {
  let around = node;
  while (around.name !== 'VectorSelector' && around.name !== 'AggregateExpr') {
    around = around.parent;
  }
  return { from: around.from, to: around.to };
}

console.log(JSON.stringify({
  series: series(text),
  types: Object.fromEntries(parseText(text).map((family) => [family.name, family.type])),
  expressions: expressions.map(selections),
}));
