import { caretDownIcon } from '@jupyterlab/ui-components';
import React, { type ReactNode, useId } from 'react';

export interface ISectionProps {
  title: string;
  /**
   * A note next to the title, such as the number of errors inside.
   */
  badge?: ReactNode;
  open: boolean;
  onToggle: (open: boolean) => void;
  /**
   * The heading level of the title.
   */
  level?: 3 | 4;
  children: ReactNode;
}

/**
 * A section that can be collapsed. Its content stays mounted while it is.
 */
export function Section(props: ISectionProps): JSX.Element {
  const { open, level = 3 } = props;
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className={`hnl-Section hnl-mod-level${level}`}>
      <Heading className="hnl-Section-heading">
        <button
          type="button"
          className="hnl-Section-toggle"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => props.onToggle(!open)}
        >
          <caretDownIcon.react
            tag="span"
            className="hnl-Section-caret"
            aria-hidden="true"
          />
          <span className="hnl-Section-title">{props.title}</span>
          {props.badge}
        </button>
      </Heading>
      <div className="hnl-Section-content" id={id} hidden={!open}>
        {props.children}
      </div>
    </section>
  );
}
