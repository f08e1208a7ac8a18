import { exclusionUpdatePermission } from 'backstage-plugin-slo-recommender-common';
import { Button, DialogTrigger } from '@backstage/ui';
import { RiProhibitedLine } from '@remixicon/react';
import { useState } from 'react';
import { ExcludeDialog } from './ExcludeDialog';
import styles from './Exclusions.module.css';
import type { Permitted } from './useMayExclude';

/** Opens the dialog that leaves hours out, or says why that cannot be. */
export function ExcludeButton(props: {
  entityRef: string;
  allowed: Permitted;
  window: string | undefined;
  onChange: (outcome: string) => void;
}) {
  const { entityRef, allowed, window, onChange } = props;
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.action}>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button
          variant="secondary"
          iconStart={<RiProhibitedLine />}
          isDisabled={allowed !== 'yes'}
        >
          Exclude a period…
        </Button>
        <ExcludeDialog
          entityRef={entityRef}
          window={window}
          onDone={outcome => {
            setOpen(false);
            onChange(outcome);
          }}
        />
      </DialogTrigger>
      {allowed === 'no' && (
        <p className={styles.detail}>
          You may look at exclusions; leaving hours out needs the permission{' '}
          <code>{exclusionUpdatePermission.name}</code>.
        </p>
      )}
    </div>
  );
}
