import { Accordion, AccordionPanel, AccordionTrigger } from '@backstage/ui';
import {
  joinWords,
  type UndeclaredService,
  type UndeclaredServicesResponse,
} from 'backstage-plugin-slo-recommender-common';
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
          {service.claimants ? (
            <p className={styles.flat}>
              It could be {joinWords(service.claimants)}. Write the name with
              its namespace in the annotation slo-recommender.io/telemetry-name
              of each, or give each a name of its own in telemetry.
            </p>
          ) : (
            <>
              <p className={styles.flat}>
                If it is a service of its own, begin its catalog file with this.
                If it is another name of a known one, write it to that one’s
                annotation slo-recommender.io/telemetry-name.
              </p>
              <Snippet label="catalog lines" code={catalogLines} />
            </>
          )}
        </div>
      </AccordionPanel>
    </Accordion>
  );
}

/** What is not listed. */
function foldedWords({
  addresses,
  placeholders,
  withheld,
}: NonNullable<UndeclaredServicesResponse['folded']>): string {
  const counted = [
    addresses > 0 && formatQuantity(addresses, 'address', 'addresses'),
    placeholders > 0 &&
      `${formatQuantity(placeholders, 'placeholder')} such as unknown_service`,
    withheld > 0 &&
      `${formatQuantity(withheld, 'name')} that look like personal data or secrets`,
  ].filter(words => words !== false);
  return `Not listed, for they identify no service: ${counted.join('; ')}. Name the peers in the telemetry of their callers.`;
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
      {({ items, folded }) => (
        <div className={styles.entries}>
          {folded && <p className={styles.flat}>{foldedWords(folded)}</p>}
          {items.map(service => (
            <Entry key={service.id} service={service} />
          ))}
        </div>
      )}
    </PagedList>
  );
}
