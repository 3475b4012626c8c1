import React, { useState } from 'react';

import type { IPreview } from '../api/types';
import { RawText } from '../components/common/RawText';
import { SafeMarkdown } from '../components/common/SafeMarkdown';
import { Section } from '../components/common/Section';
import { CodeView } from './CodeView';
import type { IServices } from './services';

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
  return (
    <div className="hnl-Preview">
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
