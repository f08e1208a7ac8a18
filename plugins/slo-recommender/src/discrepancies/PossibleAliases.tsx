import { AliasList } from '../aliases';
import { PagedList } from '../ui';

/** Names that may be one service. */
export function PossibleAliases() {
  return (
    <PagedList
      title="Names that may be one service"
      description="The same backend can have a name at its client, another at its server and an address. Apart, each is counted as a service; an annotation joins them."
      noun="group"
      name="aliases"
      load={(api, query) => api.getAliasCandidates(query)}
      search={{ label: 'Name', placeholder: 'Name in telemetry' }}
      nothing={{
        title: 'No two names look like one service',
        words: 'What can be joined by annotation, name or rule is joined.',
      }}
    >
      {({ items }) => <AliasList candidates={items} />}
    </PagedList>
  );
}
