import { Alert, Button } from '@backstage/ui';
import { formatCount } from '../words';

/** Says that only the nearest services are drawn, and leads to the table, which has them all. */
export function TooManyServices(props: {
  drawn: number;
  leftOut: number;
  onTable: () => void;
}) {
  const { drawn, leftOut, onTable } = props;
  return (
    <Alert
      role="status"
      status="info"
      icon
      title={`Too many services to draw: these are the nearest ${formatCount(
        drawn,
      )}`}
      description={`${formatCount(
        leftOut,
      )} farther ones are left out. The table has them all; less depth or one direction makes the graph smaller.`}
      customActions={
        <Button size="small" variant="secondary" onPress={onTable}>
          Show the table
        </Button>
      }
    />
  );
}
