import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

const textOf = (node: SyntaxNode | null | undefined, query: string) =>
  node ? query.slice(node.from, node.to) : '';

interface ParsedMatcher {
  label: string;
  operator: string;
  value: string;
}

interface ParsedQuery {
  /** Names of the grammar, in the order in which they begin. */
  nodes: string[];
  /** Names of metrics that stand in quotes among matchers. */
  quotedMetrics: string[];
  matchers: ParsedMatcher[];
}

/** What a PromQL parser that is not ours reads; throws where it finds an error. */
export function parsePromQL(query: string): ParsedQuery {
  const parsed: ParsedQuery = { nodes: [], quotedMetrics: [], matchers: [] };
  parser.parse(query).iterate({
    enter({ node }) {
      if (node.type.isError) {
        throw new Error(`Not PromQL at ${node.from}: ${query}`);
      }
      parsed.nodes.push(node.name);
      switch (node.name) {
        case 'UnquotedLabelMatcher':
        case 'QuotedLabelMatcher':
          parsed.matchers.push(readMatcher(node, query));
          break;
        case 'QuotedLabelName':
          if (node.parent?.name === 'LabelMatchers') {
            parsed.quotedMetrics.push(unquote(textOf(node, query)));
          }
          break;
        default:
      }
    },
  });
  return parsed;
}

function readMatcher(node: SyntaxNode, query: string): ParsedMatcher {
  const [label, operator, value] = [
    node.firstChild,
    node.firstChild?.nextSibling,
    node.lastChild,
  ].map(child => textOf(child, query));
  return {
    label: label.startsWith('"') ? unquote(label) : label,
    operator,
    value: unquote(value),
  };
}

/** The value of a double-quoted string literal of Go, whose escapes PromQL has. */
function unquote(literal: string): string {
  if (literal.length < 2 || literal.at(0) !== '"' || literal.at(-1) !== '"') {
    throw new Error(`Not a string in double quotes: ${literal}`);
  }
  return literal
    .slice(1, -1)
    .replace(/\\u([0-9a-f]{4})|\\(.)/gsu, (_, code, character) =>
      code ? String.fromCharCode(parseInt(code, 16)) : character,
    );
}
