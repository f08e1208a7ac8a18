import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { RiArrowLeftLine, RiEyeOffLine, RiTimeLine } from '@remixicon/react';
import type { Cycle } from 'backstage-plugin-slo-recommender-common';
import { useState, useEffect } from 'react';
import { useParams } from 'react-router-dom';
import { sloRecommenderApiRef } from '../api';
import { isNotFound, useResource } from '../data';
import {
  CYCLE_ICON,
  EntityName,
  Fact,
  FactList,
  LoadFailure,
  Figure,
  Lead,
  Panel,
  StateCard,
  stateIcon,
  Waiting,
  failureTone,
} from '../ui';
import { CYCLES_PATH, DEPENDENCIES_TAB_PATH, rootRouteRef } from '../routes';
import {
  formatAge,
  formatInstant,
  formatQuantity,
  claimWords,
  formatCallRate,
  formatFailureRatio,
  kindWords,
} from '../words';
import { Acknowledgement } from './Acknowledgement';
import styles from './Cycles.module.css';
import { cycleStates, memberNames } from './cycleState';

/** Names a view in the title of the document, before what the portal says there. */
function useDocumentTitle(name: string | undefined): void {
  useEffect(() => {
    if (name === undefined) return undefined;
    const before = document.title;
    document.title = before ? `${name} | ${before}` : name;
    return () => {
      document.title = before;
    };
  }, [name]);
}

/** The calls that make a cycle. */
function CycleCalls(props: { cycle: Cycle }) {
  const { members, calls } = props.cycle;
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return (
    <ul className={styles.calls}>
      {calls.map(call => {
        const { source, target, callsPerSecond, failureRatio } = call;
        const tone = failureTone(failureRatio);
        return (
          <li key={`${source} ${target}`}>
            <strong>
              {names.get(source) ?? source} → {names.get(target) ?? target}
            </strong>{' '}
            {failureRatio !== null && tone !== 'neutral' && (
              <Fact tone={tone} icon={stateIcon(tone)}>
                {formatFailureRatio(failureRatio)} failing
              </Fact>
            )}
            <div className={styles.quiet}>
              {[
                callsPerSecond === null
                  ? 'traffic unknown'
                  : formatCallRate(callsPerSecond),
                kindWords[call.kind],
                call.strength,
                claimWords(call),
              ].join(' · ')}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Members(props: { cycle: Cycle }) {
  const { members, hiddenMembers } = props.cycle;
  const entityLink = useEntityRefLink();
  return (
    <ul className={styles.members}>
      {members.map(({ id, name, entityRef, owner }) => (
        <li key={id}>
          {entityRef ? (
            <Link href={`${entityLink(entityRef)}${DEPENDENCIES_TAB_PATH}`}>
              {name}
            </Link>
          ) : (
            name
          )}{' '}
          <span className={styles.quiet}>
            {owner ? <EntityName entityRef={owner} /> : 'no owner'}
          </span>
        </li>
      ))}
      {hiddenMembers > 0 && (
        <li className={styles.quiet}>
          {formatQuantity(hiddenMembers, 'service')} that you may not see
        </li>
      )}
    </ul>
  );
}

function CycleView(props: { cycle: Cycle; onChange: (cycle: Cycle) => void }) {
  const { cycle, onChange } = props;
  const { tone, words } = cycleStates[cycle.state];
  const size = cycle.members.length + cycle.hiddenMembers;
  return (
    <>
      <Lead
        sentence={
          <>
            <Figure>{formatQuantity(size, 'service')}</Figure> call each other
            in a circle: {memberNames(cycle)}.
          </>
        }
      >
        <FactList label="State of the cycle">
          <Fact tone={tone} icon={stateIcon(tone)}>
            {words}
          </Fact>
          <Fact icon={<RiTimeLine />}>
            found {formatInstant(cycle.detectedAt)},{' '}
            {formatAge(cycle.detectedAt)}
          </Fact>
          {cycle.resolvedAt && (
            <Fact>resolved {formatInstant(cycle.resolvedAt)}</Fact>
          )}
          {cycle.hiddenMembers > 0 && (
            <Fact icon={<RiEyeOffLine />}>
              {formatQuantity(cycle.hiddenMembers, 'service')} that you may not
              see
            </Fact>
          )}
        </FactList>
      </Lead>
      <div className={styles.beside}>
        <Panel title="Services in it" description="With their owners">
          <Members cycle={cycle} />
        </Panel>
        <Panel
          title="What to change"
          description="What asks for the least change comes first"
        >
          {cycle.advice.length > 0 ? (
            <ol className={styles.advice}>
              {cycle.advice.map(advice => (
                <li key={advice}>{advice}</li>
              ))}
            </ol>
          ) : (
            <p className={styles.flat}>Nothing is left to change.</p>
          )}
        </Panel>
      </div>
      <Panel title="Calls in it" description="What makes it a cycle">
        <CycleCalls cycle={cycle} />
      </Panel>
      {cycle.state !== 'resolved' && (
        <Acknowledgement cycle={cycle} onChange={onChange} />
      )}
    </>
  );
}

/** The page entry of a cycle. */
export function CyclePage() {
  const { id = '' } = useParams();
  const api = useApi(sloRecommenderApiRef);
  const listPath = `${useRouteRef(rootRouteRef)()}${CYCLES_PATH}`;
  const answer = useResource(`cycle ${id}`, () => api.getCycle(id));
  const [changed, setChanged] = useState<Cycle>();
  const cycle = changed?.id === id ? changed : answer.data;
  useDocumentTitle(cycle && `Cycle of ${memberNames(cycle)}`);

  const content = () => {
    if (isNotFound(answer.error)) {
      return (
        <StateCard icon={CYCLE_ICON} title="This cycle is not known">
          <p>Its services no longer form it, or you may not see any of them.</p>
        </StateCard>
      );
    }
    if (answer.error)
      return <LoadFailure awaited="the cycle" answer={answer} />;
    return cycle ? (
      <CycleView cycle={cycle} onChange={setChanged} />
    ) : (
      <Waiting awaited="the cycle" />
    );
  };
  return (
    <div className={styles.page}>
      <Link href={listPath}>
        <RiArrowLeftLine size={14} aria-hidden="true" /> All cycles
      </Link>
      {content()}
    </div>
  );
}
