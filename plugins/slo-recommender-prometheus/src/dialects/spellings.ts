/**
 * The names that a metric of OpenTelemetry may have in Prometheus, with and without its unit and a suffix, the usual
 * ones first. Prometheus 3 may keep the dots.
 *
 * @param name - as OpenTelemetry has it, with dots.
 * @param unit - as Prometheus writes it out, for example `seconds`.
 * @param suffix - what Prometheus adds for the kind of metric, for example `_count`; where it is optional, the name is
 *   listed without it too.
 */
export function spellings(
  name: string,
  {
    unit,
    suffix,
    isOptional = false,
  }: { unit?: string; suffix: string; isOptional?: boolean },
): string[] {
  const suffixes = isOptional ? [suffix, ''] : [suffix];
  return [name.replaceAll('.', '_'), name].flatMap(base =>
    [...(unit ? [`${base}_${unit}`] : []), base].flatMap(withUnit =>
      suffixes.map(end => `${withUnit}${end}`),
    ),
  );
}

/** The label that is there under its name with underscores or with dots; where labels are unknown, as the metric is spelled. */
export function spellLabel(
  label: string,
  metric: string,
  labels: ReadonlySet<string> | undefined,
): string | undefined {
  const plain = label.replaceAll('.', '_');
  if (labels === undefined) {
    return metric.includes('.') ? label : plain;
  }
  return [plain, label].find(spelled => labels.has(spelled));
}
