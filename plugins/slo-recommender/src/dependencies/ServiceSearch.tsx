import { SearchAutocomplete, SearchAutocompleteItem } from '@backstage/ui';
import type { DependencyNode } from 'backstage-plugin-slo-recommender-common';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import styles from './DependencyControls.module.css';

const MOST_RESULTS = 8;
const SEARCH_KEY = '/';
const SHOW_ALL = 'show all';

/** Whether a key that is pressed there is text. */
function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

function matches(node: DependencyNode, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase('en-GB');
  return [node.name, node.id, ...node.aliases.map(({ name }) => name)].some(
    name => name.toLocaleLowerCase('en-GB').includes(wanted),
  );
}

/** Finds a service of the graph by any of its names. The `/` key leads here. */
export function ServiceSearch(props: {
  nodes: readonly DependencyNode[];
  onFind: (id: string) => void;
  /** Shows every call; absent where that is so. */
  onShowAll: (() => void) | undefined;
}) {
  const { nodes, onFind, onShowAll } = props;
  const [text, setText] = useState('');
  const place = useRef<HTMLDivElement>(null);
  const labelId = useId();

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== SEARCH_KEY || takesText(event.target)) return;
      event.preventDefault();
      place.current?.querySelector('input')?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  const found = useMemo(
    () =>
      text.trim()
        ? nodes.filter(node => matches(node, text)).slice(0, MOST_RESULTS)
        : [],
    [nodes, text],
  );
  return (
    <div ref={place} className={styles.search}>
      <span id={labelId} className={styles.searchLabel}>
        Find a service
        <kbd className={styles.key} aria-hidden="true">
          {SEARCH_KEY}
        </kbd>
      </span>
      <SearchAutocomplete
        aria-labelledby={labelId}
        placeholder="Any of its names"
        inputValue={text}
        onInputChange={setText}
      >
        {found.length === 0 && onShowAll && (
          <SearchAutocompleteItem
            id={SHOW_ALL}
            textValue="Show all calls"
            onAction={onShowAll}
          >
            Not among what is shown. Show all calls
          </SearchAutocompleteItem>
        )}
        {found.map(node => (
          <SearchAutocompleteItem
            key={node.id}
            id={node.id}
            textValue={node.name}
            onAction={() => {
              setText('');
              onFind(node.id);
            }}
          >
            {node.name}
          </SearchAutocompleteItem>
        ))}
      </SearchAutocomplete>
    </div>
  );
}
