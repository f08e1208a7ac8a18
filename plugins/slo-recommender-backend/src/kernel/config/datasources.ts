import { type Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

/** An entry of `sloRecommender.datasources`, or what is wrong with it. */
export type DatasourceConfig = { id: string; type: string } & (
  { config: Config } | { error: Error }
);

const JSON_OBJECT = z.record(z.string(), z.json());

/** What every entry has; the rest belongs to its type, and the telemetry source of that type checks it. */
export const datasourceEntry = z.looseObject({
  id: z.string().regex(/^[\w.-]{1,100}$/),
  type: z.string().min(1),
});

/** Reads an entry of the list. A slip is kept with it, so that its services say why they have no telemetry. */
function readEntry(
  entry: unknown,
  index: number,
  idsBefore: Set<string>,
): DatasourceConfig {
  const where = `sloRecommender.datasources[${index}]`;
  const failed = (
    message: string,
    id = `datasources[${index}]`,
  ): DatasourceConfig => ({
    id,
    type: 'unknown',
    error: new InputError(message),
  });
  const object = JSON_OBJECT.safeParse(entry);
  if (!object.success) {
    return failed(
      `${where} is ${JSON.stringify(
        entry,
      )}. Write an entry with id, type and what the type needs.`,
    );
  }
  const { id, type } = datasourceEntry.shape;
  const ownId = id.safeParse(object.data.id);
  if (!ownId.success) {
    return failed(
      `${where}.id must be a name of letters, digits, points, dashes and underscores; annotations refer to the datasource by it.`,
    );
  }
  if (idsBefore.has(ownId.data)) {
    return failed(
      `${where}.id is '${ownId.data}', which an entry before has already. Give each its own id.`,
    );
  }
  idsBefore.add(ownId.data);
  const ownType = type.safeParse(object.data.type);
  if (!ownType.success) {
    return failed(
      `${where}.type (datasource '${ownId.data}') must name a kind of datasource, for example type: prometheus.`,
      ownId.data,
    );
  }
  return {
    id: ownId.data,
    type: ownType.data,
    config: new ConfigReader(object.data, where),
  };
}

/** The list of datasources, each entry with what is wrong with it. */
export const datasourceList = z
  .array(z.unknown(), {
    error:
      'sloRecommender.datasources must be a list: begin each entry with a dash.',
  })
  .transform(entries => {
    const ids = new Set<string>();
    return entries.map((entry, index) => readEntry(entry, index, ids));
  });
