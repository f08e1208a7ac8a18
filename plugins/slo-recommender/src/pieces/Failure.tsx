import { Alert, Button } from '@backstage/ui';
import { failureMessage } from '../data';

/** A request that failed: which one, how, and another try. */
export function Failure(props: {
  title: string;
  error: Error;
  onRetry: () => void;
}) {
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title}
      description={failureMessage(props.error)}
      customActions={
        <Button size="small" variant="secondary" onPress={props.onRetry}>
          Try again
        </Button>
      }
    />
  );
}
