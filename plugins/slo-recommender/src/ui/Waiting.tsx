import { Card, CardBody, Flex, Skeleton, Text } from '@backstage/ui';
import type { Resource } from '../data';
import { LoadFailure } from './Failure';
import quietStyles from './quiet.module.css';

function Loading(props: { awaited: string }) {
  return (
    <Text
      as="p"
      role="status"
      variant="body-medium"
      className={quietStyles.quiet}
    >
      Loading {props.awaited}…
    </Text>
  );
}

/** The place that an answer will take, and in words which answer. */
export function Waiting(props: { awaited: string; blocks?: number[] }) {
  return (
    <Flex direction="column" gap="4" aria-busy="true">
      <Loading awaited={props.awaited} />
      {(props.blocks ?? [96, 120, 300]).map((height, index) => (
        <Card key={index}>
          <CardBody>
            <Skeleton width="100%" height={height} />
          </CardBody>
        </Card>
      ))}
    </Flex>
  );
}

/** What stands in a panel for an answer that is on its way or failed. */
export function Awaited(props: { awaited: string; answer: Resource<unknown> }) {
  const { awaited, answer } = props;
  return answer.data || answer.error ? (
    <LoadFailure awaited={awaited} answer={answer} />
  ) : (
    <Loading awaited={awaited} />
  );
}
