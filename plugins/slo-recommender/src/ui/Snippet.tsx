import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useEffect, useState } from 'react';
import styles from './Snippet.module.css';

const CONFIRMATION_MS = 2_000;

/** Code to copy. */
export function Snippet(props: { label: string; code: string }) {
  const { label, code } = props;
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => {
    navigator.clipboard.writeText(code).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };

  return (
    <div className={styles.snippet}>
      {/* a scrolling region must be reachable by keyboard */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.code} tabIndex={0} aria-label={label}>
        <code>{code}</code>
      </pre>
      <ButtonIcon
        className={styles.copy}
        size="small"
        variant="secondary"
        aria-label={copied ? 'Copied' : `Copy ${label}`}
        icon={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      />
    </div>
  );
}
