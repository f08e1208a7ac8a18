import { Alert, Button } from '@backstage/ui';
import { failureMessage, type Resource } from '../data';
import { capitalised, unbroken } from '../words';

/** A request that failed: which one, how, and, if there can be, another try. */
export function Failure(props: {
  title: string;
  error: Error;
  onRetry?: () => void;
}) {
  const { title, error, onRetry } = props;
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={unbroken(failureMessage(error))}
      customActions={
        onRetry && (
          <Button size="small" variant="secondary" onPress={onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
}

/** Says that an answer could not be loaded, and offers another try. Nothing if it could. */
export function LoadFailure(props: {
  /** Names it within a sentence, for example `the events`. */
  awaited: string;
  answer: Resource<unknown>;
}) {
  const { awaited, answer } = props;
  return answer.error ? (
    <Failure
      title={`${capitalised(awaited)} could not be loaded`}
      error={answer.error}
      onRetry={answer.reload}
    />
  ) : null;
}
