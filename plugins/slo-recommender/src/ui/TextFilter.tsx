import { SearchField } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

const TYPING_PAUSE_MS = 300;

/** A text to filter by, passed on after a pause in typing. */
export function TextFilter(props: {
  label: string;
  placeholder: string;
  className?: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const { label, placeholder, className, value, onChange } = props;
  const [text, setText] = useState(value);
  const passedOn = useRef(value);
  const latestOnChange = useRef(onChange);
  latestOnChange.current = onChange;

  // a value that did not come from here, such as cleared filters or another address
  useEffect(() => {
    if (value === passedOn.current) return;
    passedOn.current = value;
    setText(value);
  }, [value]);

  useEffect(() => {
    if (text === passedOn.current) return undefined;
    const timer = setTimeout(() => {
      passedOn.current = text;
      latestOnChange.current(text);
    }, TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <SearchField
      label={label}
      size="small"
      className={className}
      placeholder={placeholder}
      value={text}
      onChange={setText}
    />
  );
}
