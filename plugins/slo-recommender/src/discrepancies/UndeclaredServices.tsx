import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import type { UndeclaredService } from 'backstage-plugin-slo-recommender-common';
import { Definition, Definitions, PagedList, Snippet } from '../ui';
import {
  formatAge,
  formatCallRate,
  formatInstant,
  formatQuantity,
} from '../words';
import styles from './Discrepancies.module.css';

function traffic({ callsPerSecond }: UndeclaredService): string {
  return callsPerSecond === null
    ? 'traffic unknown'
    : formatCallRate(callsPerSecond);
}

function callerWords({ callers, hiddenCallers }: UndeclaredService): string {
  const hidden =
    hiddenCallers > 0
      ? [`${formatQuantity(hiddenCallers, 'service')} that you may not see`]
      : [];
  return (
    [...callers.map(({ name }) => name), ...hidden].join(', ') || 'unknown'
  );
}

function Entry(props: { service: UndeclaredService }) {
  const { service } = props;
  const { name, type, callers, hiddenCallers, catalogLines } = service;
  return (
    <Accordion>
      <AccordionTrigger
        level={3}
        title={name}
        subtitle={`${formatQuantity(
          callers.length + hiddenCallers,
          'caller',
        )}, ${traffic(service)}`}
      />
      <AccordionPanel>
        <div className={styles.parts}>
          <Definitions>
            {type && <Definition term="What">{type}</Definition>}
            <Definition term="Called by">{callerWords(service)}</Definition>
            <Definition term="Traffic">{traffic(service)}</Definition>
            {service.firstSeenAt && (
              <Definition term="First seen">
                {formatInstant(service.firstSeenAt)}
              </Definition>
            )}
            {service.lastSeenAt && (
              <Definition term="Last seen">
                {formatAge(service.lastSeenAt)}
              </Definition>
            )}
          </Definitions>
          <p className={styles.flat}>
            If it is a service of its own, begin its catalog file with this. If
            it is another name of a known one, write it to that one’s annotation
            slo-recommender.io/telemetry-name.
          </p>
          <Snippet label="catalog lines" code={catalogLines} />
        </div>
      </AccordionPanel>
    </Accordion>
  );
}

/** Names that telemetry or reports know and the catalog does not. */
export function UndeclaredServices() {
  return (
    <PagedList
      title="Services that the catalog does not know"
      description="Telemetry or a report names them as callers or callees. They have no owner and no objective, and are still part of every graph."
      noun="service"
      name="undeclared"
      load={(api, query) => api.getUndeclaredServices(query)}
      search={{ label: 'Name', placeholder: 'Name in telemetry' }}
      nothing={{
        title: 'The catalog knows every service that telemetry names',
        words: 'Nothing has to be declared.',
      }}
    >
      {({ items }) => (
        <div className={styles.entries}>
          {items.map(service => (
            <Entry key={service.id} service={service} />
          ))}
        </div>
      )}
    </PagedList>
  );
}
