import { Button } from '@backstage/ui';
import { useState } from 'react';
import { formatCount } from '../words';
import styles from './Exclusions.module.css';

const FEW = 5;
const MANY = 50;

/** The first entries of a list, and more of them on demand. */
export function useFirstFew<T>(items: readonly T[]) {
  const [count, setCount] = useState(FEW);
  return {
    shown: items.slice(0, count),
    hidden: Math.max(0, items.length - count),
    showMore: () => setCount(before => before + MANY),
  };
}

/** Shows more of a list, where there is more. */
export function MoreButton(props: {
  hidden: number;
  showMore: () => void;
  noun: string;
}) {
  const { hidden, showMore, noun } = props;
  if (hidden === 0) return null;
  const next = Math.min(hidden, MANY);
  return (
    <Button
      size="small"
      variant="tertiary"
      className={styles.start}
      onPress={showMore}
    >
      {`Show ${formatCount(next)} older ${next === 1 ? noun : `${noun}s`}`}
    </Button>
  );
}
