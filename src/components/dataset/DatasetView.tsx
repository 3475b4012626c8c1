import type { TranslationBundle } from '@jupyterlab/translation';
import React, { type MouseEvent, type ReactNode } from 'react';

import type {
  IAccess,
  ICitation,
  IDatasetSummary,
  IEntry,
  IShare,
  IVersion
} from '../../types/api';
import type { IAsyncResource } from '../../types/asyncResource';
import type { DatasetSection } from '../../types/dataset';
import type { ScriptMember } from '../../types/scripts';
import { Shares, type ISharesProps } from '../channels/Shares';
import { Banner } from '../common/Banner';
import { Button } from '../common/Button';
import { ResourceView } from '../common/ResourceView';
import { SafeMarkdown } from '../common/untrusted/SafeMarkdown';
import { Section } from '../common/Section';
import { AccessBanner } from './AccessBanner';
import { Citations } from './Citations';
import { DatasetHead } from './DatasetHead';
import { Downloads } from './Downloads';
import { Facts } from './Facts';
import { Related } from './Related';
import { Versions } from './Versions';

export interface IDatasetViewProps {
  entry: IEntry;
  access: IAsyncResource<IAccess | null>;
  versions: IAsyncResource<readonly IVersion[]>;
  citations: IAsyncResource<readonly ICitation[]>;
  shares: IAsyncResource<readonly IShare[]>;
  /**
   * What the person can do with a channel, and what is going on there.
   */
  sharing: Omit<ISharesProps, 'shares' | 'trans'>;
  related: IAsyncResource<readonly IDatasetSummary[]>;
  croissant: IAsyncResource<unknown>;
  isOpen: (section: DatasetSection) => boolean;
  onFold: (section: DatasetSection, open: boolean) => void;
  /**
   * Render code read-only, highlighted by the file's extension.
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
 * The page of a dataset of the catalog.
 */
export function DatasetView(props: IDatasetViewProps): JSX.Element {
  const { entry, trans } = props;
  const name = String(entry.record['name'] ?? '');
  const title = String(entry.record['pretty_name'] || name);
  const section = (
    id: DatasetSection,
    heading: string,
    content: ReactNode
  ): JSX.Element => (
    <Section
      title={heading}
      open={props.isOpen(id)}
      onToggle={open => props.onFold(id, open)}
    >
      {content}
    </Section>
  );
  const script = (
    member: ScriptMember,
    headingOf: (fileName: string) => string
  ): ReactNode => {
    const found = entry[member];
    return (
      found &&
      section(
        member,
        headingOf(found.file_name),
        props.renderCode(found.text, found.file_name)
      )
    );
  };
  const loaded = <T,>(
    id: DatasetSection,
    heading: string,
    waiting: string,
    resource: IAsyncResource<T>,
    children: (value: T) => ReactNode
  ): JSX.Element =>
    section(
      id,
      heading,
      <ResourceView resource={resource} waiting={waiting} trans={trans}>
        {children}
      </ResourceView>
    );
  return (
    <article className="hnl-Dataset" data-hnl-name={name}>
      <DatasetHead
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
      {entry.unfinished && <UnfinishedChange {...props} />}
      <AccessBanner
        access={entry.access}
        check={props.access}
        dataset={{ title, path: String(entry.record['data_path'] ?? '') }}
        onCopy={props.onCopy}
        trans={trans}
      />
      {section('facts', trans.__('Facts'), <Facts {...props} />)}
      {section('downloads', trans.__('Downloads'), <Downloads {...props} />)}
      {section(
        'card',
        trans.__('Card'),
        entry.card.trim() ? (
          <SafeMarkdown
            text={entry.card}
            shown={entry.card_html}
            trans={trans}
          />
        ) : (
          <p className="hnl-Empty">{trans.__('This dataset has no card.')}</p>
        )
      )}
      {script('loader', title => trans.__('Loader: %1', title))}
      {script('batch_script', title => trans.__('Batch script: %1', title))}
      {loaded(
        'citations',
        trans.__('Cite'),
        trans.__('Creating the citation…'),
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
      {loaded(
        'shares',
        trans.__('Share'),
        trans.__('Loading…'),
        props.shares,
        shares => (
          <Shares {...props.sharing} shares={shares} trans={trans} />
        )
      )}
      {loaded(
        'versions',
        trans.__('Versions'),
        trans.__('Loading from the Hub…'),
        props.versions,
        versions => (
          <Versions
            versions={versions}
            resource={props.versions}
            trans={trans}
          />
        )
      )}
      {loaded(
        'related',
        trans.__('Related datasets'),
        trans.__('Searching…'),
        props.related,
        datasets => (
          <Related datasets={datasets} onOpen={props.onOpen} trans={trans} />
        )
      )}
    </article>
  );
}

function UnfinishedChange(props: IDatasetViewProps): JSX.Element {
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
        'A change to this dataset was not finished. Resume it to finish it, or undo it to discard it.'
      )}
    </Banner>
  );
}
