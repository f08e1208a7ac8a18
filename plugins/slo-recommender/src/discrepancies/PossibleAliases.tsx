import { AliasList } from '../aliases';
import { PagedList, TextFilter } from '../pieces';
import { useListQuestion } from './useListQuestion';

/** Names that may be one service. */
export function PossibleAliases() {
  const { answer, text, ask } = useListQuestion('aliases', (api, query) =>
    api.getAliasCandidates(query),
  );
  return (
    <PagedList
      title="Names that may be one service"
      description="The same backend can have a name at its client, another at its server and an address. Apart, each is counted as a service; an annotation joins them."
      noun="group"
      answer={answer}
      filtered={text !== undefined}
      filters={
        <TextFilter
          label="Name"
          placeholder="Name in telemetry"
          value={text ?? ''}
          onChange={value => ask({ text: value })}
        />
      }
      nothing={{
        title: 'No two names look like one service',
        words: 'What can be joined by annotation, name or rule is joined.',
      }}
    >
      {({ items }) => <AliasList candidates={items} />}
    </PagedList>
  );
}
