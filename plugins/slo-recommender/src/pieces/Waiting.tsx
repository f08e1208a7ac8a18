import { Card, CardBody, Flex, Skeleton, Text } from '@backstage/ui';
import quietStyles from './quiet.module.css';

/** The place that an answer will take, and in words which answer. */
export function Waiting(props: { awaited: string; blocks?: number[] }) {
  return (
    <Flex direction="column" gap="4" aria-busy="true">
      <Text
        as="p"
        role="status"
        variant="body-medium"
        className={quietStyles.quiet}
      >
        Loading {props.awaited}…
      </Text>
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
