import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type MouseEvent, type ReactNode } from 'react';

import type {
  IAccess,
  ICitation,
  IDatasetSummary,
  IEntry,
  IVersion
} from '../../api/types';
import { AskedView, type IAsked } from '../common/Asked';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { SafeMarkdown } from '../common/SafeMarkdown';
import { Section } from '../common/Section';
import { Access } from './Access';
import { Citations } from './Citations';
import { Downloads } from './Downloads';
import { EntryHead } from './EntryHead';
import { Facts } from './Facts';
import { Related } from './Related';
import { Versions } from './Versions';

/**
 * The parts of the page that can be folded away.
 */
type Part =
  | 'facts'
  | 'downloads'
  | 'card'
  | 'loader'
  | 'batch_script'
  | 'citations'
  | 'versions'
  | 'related';

export interface IEntryViewProps {
  entry: IEntry;
  access: IAsked<IAccess | null>;
  versions: IAsked<readonly IVersion[]>;
  citations: IAsked<readonly ICitation[]>;
  related: IAsked<readonly IDatasetSummary[]>;
  croissant: IAsked<unknown>;
  isOpen: (part: Part) => boolean;
  onFold: (part: Part, open: boolean) => void;
  /**
   * Show code read-only, coloured by the file's ending.
   */
  renderCode: (text: string, fileName: string) => ReactNode;
  onOpenNotebook?: (() => void) | undefined;
  onInsert?: (() => void) | undefined;
  onEdit: () => void;
  onCopyLink: () => void;
  onMenu: (event: MouseEvent<HTMLElement>) => void;
  /**
   * Show a folder in the file browser, by its contents path.
   */
  onBrowse?: ((path: string) => void) | undefined;
  onResume: () => void;
  onUndo: () => void;
  onCopy: (text: string) => void;
  onSaveCitation: (citation: ICitation) => void;
  onCroissant: () => void;
  /**
   * Show another dataset, by its nickname or `repo_id`.
   */
  onOpen: (id: string) => void;
  trans: TranslationBundle;
}

/**
 * Everything that is known of one dataset of the catalog.
 */
export function EntryView(props: IEntryViewProps): JSX.Element {
  const { entry, trans } = props;
  const name = String(entry.record['name'] ?? '');
  const title = String(entry.record['pretty_name'] || name);
  const part = (
    which: Part,
    heading: string,
    content: ReactNode
  ): JSX.Element => (
    <Section
      title={heading}
      open={props.isOpen(which)}
      onToggle={open => props.onFold(which, open)}
    >
      {content}
    </Section>
  );
  const script = (
    which: 'loader' | 'batch_script',
    headingOf: (fileName: string) => string
  ): ReactNode => {
    const found = entry[which];
    return (
      found &&
      part(
        which,
        headingOf(found.file_name),
        props.renderCode(found.text, found.file_name)
      )
    );
  };
  const asked = <T,>(
    which: Part,
    heading: string,
    waiting: string,
    question: IAsked<T>,
    children: (value: T) => ReactNode
  ): JSX.Element =>
    part(
      which,
      heading,
      <AskedView asked={question} waiting={waiting} trans={trans}>
        {children}
      </AskedView>
    );
  return (
    <article className="hnl-Entry" data-hnl-name={name}>
      <EntryHead
        name={name}
        title={title}
        hubUrl={entry.repo_url}
        readOnly={entry.read_only}
        onOpenNotebook={props.onOpenNotebook}
        onInsert={props.onInsert}
        onEdit={props.onEdit}
        onCopyLink={props.onCopyLink}
        onMenu={props.onMenu}
        trans={trans}
      />
      {entry.unfinished && <Unfinished {...props} />}
      <Access
        found={entry.access}
        again={props.access}
        dataset={{ title, path: String(entry.record['data_path'] ?? '') }}
        onCopy={props.onCopy}
        trans={trans}
      />
      {part('facts', trans.__('Facts'), <Facts {...props} />)}
      {part('downloads', trans.__('Downloads'), <Downloads {...props} />)}
      {part(
        'card',
        trans.__('Card'),
        entry.card.trim() ? (
          <SafeMarkdown
            text={entry.card}
            shown={entry.card_html}
            trans={trans}
          />
        ) : (
          <p className="hnl-Empty">{trans.__('It has no card.')}</p>
        )
      )}
      {script('loader', title => trans.__('Loader: %1', title))}
      {script('batch_script', title => trans.__('Batch script: %1', title))}
      {asked(
        'citations',
        trans.__('Cite'),
        trans.__('Putting the citation together…'),
        props.citations,
        citations => (
          <Citations
            citations={citations}
            onCopy={props.onCopy}
            onSave={props.onSaveCitation}
            trans={trans}
          />
        )
      )}
      {asked(
        'versions',
        trans.__('Versions'),
        trans.__('Asking the Hub…'),
        props.versions,
        versions => (
          <Versions versions={versions} again={props.versions} trans={trans} />
        )
      )}
      {asked(
        'related',
        trans.__('Related datasets'),
        trans.__('Looking for others…'),
        props.related,
        datasets => (
          <Related datasets={datasets} onOpen={props.onOpen} trans={trans} />
        )
      )}
    </article>
  );
}

function Unfinished(props: IEntryViewProps): JSX.Element {
  const { trans } = props;
  return (
    <Banner
      kind="warning"
      actions={
        <>
          <Button onClick={props.onResume}>{trans.__('Resume')}</Button>
          <Button onClick={props.onUndo}>{trans.__('Undo')}</Button>
        </>
      }
    >
      {trans.__(
        'A change of this entry was begun and not finished. Resume it to finish, or undo it to leave nothing behind.'
      )}
    </Banner>
  );
}
