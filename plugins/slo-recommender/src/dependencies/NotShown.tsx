import { Alert, Button } from '@backstage/ui';
import type { Selection } from '../graph';

/** Says that what an address names is not among what is shown, and how to see it. */
export function NotShown(props: {
  selection: Selection;
  /** Shows every call; absent where that is so. */
  onShowAll: (() => void) | undefined;
  onClose: () => void;
}) {
  const { selection, onShowAll, onClose } = props;
  const what = selection.kind === 'node' ? 'service' : 'call';
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={`The ${what} ${selection.id.replace('~', ' → ')} is not shown`}
      description={
        onShowAll
          ? 'It may be farther away, lead the other way or be left out by a filter.'
          : 'It is not known here, or you may not see it.'
      }
      customActions={
        onShowAll ? (
          <Button size="small" variant="secondary" onPress={onShowAll}>
            Show all calls
          </Button>
        ) : (
          <Button size="small" variant="secondary" onPress={onClose}>
            Close
          </Button>
        )
      }
    />
  );
}
