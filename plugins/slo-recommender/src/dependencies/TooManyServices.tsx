import { Alert, Button } from '@backstage/ui';
import { formatCount, formatQuantity } from '../words';

/** Says how many of the services are drawn, how many the table has, and how many neither has. */
export function TooManyServices(props: {
  drawn: number;
  /** Services in the table. */
  listed: number;
  /** Services so far away that they are in neither. */
  omitted: number;
  onTable: () => void;
}) {
  const { drawn, listed, omitted, onTable } = props;
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={`Too many services to draw: these are the nearest ${formatCount(
        drawn,
      )}`}
      description={[
        omitted > 0
          ? `The table has the nearest ${formatCount(listed)}.`
          : `The table has all ${formatCount(listed)}.`,
        ...(omitted > 0
          ? [`Neither has ${formatQuantity(omitted, 'service')} farther away.`]
          : []),
        'Less depth or one direction makes the graph smaller.',
      ].join(' ')}
      customActions={
        <Button size="small" variant="secondary" onPress={onTable}>
          Show the table
        </Button>
      }
    />
  );
}
