/** A series as a test defines it; times are Unix milliseconds. */
export interface RecordedSeries {
  /** With the suffix `_total` where it is a counter. */
  metric: string;
  labels: Record<string, string>;
  samples: Array<[time: number, value: number]>;
}

/** OpenMetrics text, as `promtool tsdb create-blocks-from openmetrics` reads it. */
export function toOpenMetrics(series: readonly RecordedSeries[]): string {
  const families = new Map<string, RecordedSeries[]>();
  for (const member of series) {
    const family = member.metric.replace(/_total$/, '');
    families.set(family, [...(families.get(family) ?? []), member]);
  }
  const lines = [...families].flatMap(([family, members]) => [
    `# TYPE ${family} ${members[0].metric === family ? 'unknown' : 'counter'}`,
    ...members.flatMap(({ metric, labels, samples }) => {
      const pairs = Object.entries(labels).map(
        ([name, value]) => `${name}="${escapeLabelValue(value)}"`,
      );
      const identity = `${metric}{${pairs.join(',')}}`;
      return samples.map(
        ([time, value]) => `${identity} ${value} ${time / 1000}`,
      );
    }),
  ]);
  return [...lines, '# EOF', ''].join('\n');
}

function escapeLabelValue(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
}
