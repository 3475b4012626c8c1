import React, { useState } from 'react';

import { RawText } from '../components/common/untrusted/RawText';
import { SafeMarkdown } from '../components/common/untrusted/SafeMarkdown';
import { Section } from '../components/common/Section';
import { DiffView } from '../components/drafts/DiffView';
import type { IServices } from '../models/services';
import type { IPreview } from '../types/api';
import { CodeView } from './CodeView';

/**
 * What publishing would make: the card as it will look, and the notebook.
 */
export function PreviewView(props: {
  preview: IPreview;
  services: IServices;
}): JSX.Element {
  const { preview, services } = props;
  const { trans } = services;
  const [isCardOpen, setCardOpen] = useState(true);
  const [isNotebookOpen, setNotebookOpen] = useState(false);
  const [isDiffOpen, setDiffOpen] = useState(true);
  const { diff, notes } = preview;
  const hasDiff = diff.members.length > 0 || !!diff.card || notes.length > 0;
  return (
    <div className="hnl-Preview">
      {hasDiff && (
        <Section
          title={trans.__('What changes')}
          open={isDiffOpen}
          onToggle={setDiffOpen}
        >
          <DiffView diff={diff} notes={notes} trans={trans} />
        </Section>
      )}
      <Section
        title={trans.__('Card')}
        open={isCardOpen}
        onToggle={setCardOpen}
      >
        <SafeMarkdown
          text={preview.card}
          shown={preview.card_html}
          trans={trans}
        />
      </Section>
      <Section
        title={trans.__('Loader notebook')}
        open={isNotebookOpen}
        onToggle={setNotebookOpen}
      >
        {isNotebookOpen && <Cells preview={preview} services={services} />}
      </Section>
    </div>
  );
}

interface ICell {
  cell_type?: unknown;
  source?: unknown;
}

function Cells(props: { preview: IPreview; services: IServices }): JSX.Element {
  const { preview, services } = props;
  const { notebook, cells_html } = preview;
  const { editors, trans } = services;
  const cells = (
    Array.isArray(notebook['cells']) ? notebook['cells'] : []
  ) as ICell[];
  return (
    <>
      {cells.map(({ cell_type, source }, index) => {
        const text = Array.isArray(source)
          ? source.join('')
          : String(source ?? '');
        const shown = cells_html[index];
        return cell_type === 'code' ? (
          <div className="hnl-Code" key={index}>
            <CodeView
              text={text}
              language="python"
              editors={editors}
              label={trans.__('Code cell')}
            />
          </div>
        ) : shown ? (
          <SafeMarkdown key={index} text={text} shown={shown} trans={trans} />
        ) : (
          <RawText key={index} text={text} />
        );
      })}
    </>
  );
}
